import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { amount, base, fixture, openOver, refund } from './stub-network.ts';

describe('refunding at Verifone', () => {
  it('reads the documented answer', async () => {
    const { sent, processor } = openOver([201, fixture('refund.json')]);
    assert.deepEqual(await processor.send(refund), {
      kind: 'approved',
      processorReference: 'd43ad789-9af3-4878-ba9d-9b7141deb532',
      amount,
      code: '00',
    });
    assert.equal(sent[0]?.url, `${base}/oidc/api/v2/transactions/transaction-1/refund`);
    assert.deepEqual(sent[0]?.body, { amount: 2500, reason: 'REFERENCE0000001' });
  });

  it('is the same refund when it is sent again, and another one for another reference', async () => {
    const { sent, processor } = openOver([201, fixture('refund.json')]);
    await processor.send(refund);
    await processor.send(refund);
    await processor.send({ ...refund, reference: 'REFERENCE0000002' });
    const [first, second, other] = sent.map(({ headers }) => headers['x-vfi-api-idempotencykey']);
    assert.match(first ?? '', /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.equal(first, second);
    assert.notEqual(first, other);
  });

  it('is unknown where the answer is not plainly about it', async () => {
    for (const replaced of [
      { amount: 2501 },
      { reason: 'REFERENCE0000002' },
      { status: 'PENDING' },
      { id: '' },
    ]) {
      const answer = { ...fixture('refund.json'), ...replaced };
      assert.equal((await openOver([201, answer]).processor.send(refund)).kind, 'unknown', inspect(replaced));
    }
  });
});
