import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { leastCpuMs } from '#test/support/least-cpu.ts';
import { hostileDocuments } from './hostile-xml.ts';
import { startMerchant } from './test-merchant.ts';
import { BadRequest, readRequest } from './xml.ts';

describe('XML to the simulator', () => {
  it('is refused within 50 ms when it is hostile', async (context) => {
    const merchant = await startMerchant();
    context.after(() => merchant.close());
    for (const [what, document] of hostileDocuments) {
      const body = Buffer.from(document);
      let status = 0;
      const tookMs = await leastCpuMs(async () => {
        status = (await fetch(`${merchant.url}/pxpost.aspx`, { method: 'POST', body })).status;
      });
      // What is too large is never read; the time is that of sending it, which is this test's own.
      if (status === 413) continue;
      assert.equal(status, 400, what);
      assert.ok(tookMs <= 50, `${what}: ${tookMs} ms`);
    }
    assert.deepEqual(await merchant.book(), []);
  });

  it('is read where it is what clients send', () => {
    const document = readRequest(Buffer.from('<?xml version="1.0"?><Txn><A> x&amp;y </A><B/></Txn>'));
    assert.deepEqual([document.root, document.field('A'), document.field('B')], ['Txn', 'x&y', '']);
    assert.throws(() => readRequest(Buffer.from('<Txn><A><B/></A></Txn>')), BadRequest);
  });
});
