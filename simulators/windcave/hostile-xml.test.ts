import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { leastCpuMs } from '#test/support/least-cpu.ts';
import { hostileDocuments } from './hostile-xml.ts';
import { startMerchant } from './test-merchant.ts';
import { BadRequest, readRequest } from './xml.ts';

describe('XML to the simulator', () => {
  it('is refused within 50 ms when it is hostile', async () => {
    const merchant = await startMerchant();
    for (const [what, document] of hostileDocuments) {
      const body = Buffer.from(document);
      const tookMs = await leastCpuMs(async () => {
        const response = await fetch(`${merchant.url}/pxpost.aspx`, { method: 'POST', body });
        assert.ok(response.status === 400 || response.status === 413, `${what}: ${response.status}`);
      });
      assert.ok(tookMs <= 50, `${what}: ${tookMs} ms`);
    }
    assert.deepEqual(await merchant.book(), []);
    await merchant.close();
  });

  it('is read where it is what clients send', () => {
    const document = readRequest(Buffer.from('<?xml version="1.0"?><Txn><A> x&amp;y </A><B/></Txn>'));
    assert.deepEqual([document.root, document.field('A'), document.field('B')], ['Txn', 'x&y', '']);
    assert.throws(() => readRequest(Buffer.from('<Txn><A><B/></A></Txn>')), BadRequest);
  });
});
