import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { currency } from '#kit/currency.ts';
import { money } from '#kit/money.ts';
import { hostileDocuments } from '#simulators/windcave/hostile-xml.ts';
import { leastCpuMs } from '#test/support/least-cpu.ts';
import { asciiText } from './ascii-text.ts';
import { openOver } from './stub-network.ts';
import { field, readXml, writeXml } from './xml.ts';

const request = {
  kind: 'purchase',
  reference: 'REFERENCE0000001',
  amount: money(100n, currency('AUD')),
  description: '',
} as const;

const printable = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary-ascii' })).map((text) =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are refused
  text.replace(/[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/g, ''),
);

describe('XML from Windcave', () => {
  for (const [what, document] of hostileDocuments) {
    it(`is refused within 50 ms: ${what}`, async () => {
      const processor = openOver(Buffer.from(document));
      const tookMs = await leastCpuMs(async () => {
        const outcome = await processor.send(request);
        assert.ok(outcome.kind === 'unknown');
        assert.notEqual(outcome.detail, 'wrong shape', 'it was read');
      });
      assert.ok(tookMs <= 50, `${tookMs} ms`);
    });
  }

  it('is not read beyond 64 KiB, however much comes', async () => {
    let pulled = 0;
    const endless = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            pulled += 1;
            controller.enqueue(new Uint8Array(16 * 1024).fill(0x20));
          },
        }),
      );
    assert.deepEqual(await openOver(endless).send(request), { kind: 'unknown', detail: 'answer too large' });
    assert.ok(pulled <= 8, `${pulled} pieces`);
  });
});

describe('XML to Windcave', () => {
  it('gives back every text it takes', () => {
    fc.assert(
      fc.property(printable, (text) => {
        const document = readXml(Buffer.from(writeXml('Txn', { Text: text })));
        assert.equal(field(document, 'Text'), text.trim());
      }),
      { numRuns: 100_000 },
    );
  });

  it('writes no control character and no half of a character', () => {
    for (const text of ['\u0000', 'a\nb', '\u001b[0m', '\u007f', '\u0085', '\ud800', '\ufffe']) {
      assert.throws(() => writeXml('Txn', { Text: text }), /cannot be written/);
    }
  });

  it('makes any text printable ASCII of bounded length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        assert.match(asciiText(text, 64), /^[\x20-\x7e]{0,64}$/);
      }),
      { numRuns: 5000 },
    );
    assert.equal(asciiText('Smørrebrød – Łódź, Straße €5 «犬»', 64), 'Smorrebrod - Lodz, Strasse EUR5 ???');
  });
});
