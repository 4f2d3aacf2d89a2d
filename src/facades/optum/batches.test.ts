import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { achOrder, newReference, type OptumClient, optumClient } from '#test/support/optum-client.ts';
import type { Answer, Json } from '#test/support/ping-client.ts';

let app: TestApp;
let optum: OptumClient;
let hold: OptumClient;
before(async () => {
  app = await startTestApp();
  optum = optumClient(app);
  hold = optumClient(app, 'optumHold');
});
after(() => app.stop());

const order = (more = {}) => ({ ...achOrder(), numberOfClaims: 0, ...more });

/** Opens a batch with this many payments of 100.00 and answers its id. */
async function open(client: OptumClient, payments = 1): Promise<string> {
  const { body } = await client.call('POST', '/payments/batch', { clientRequestId: newReference() });
  if (payments > 0) {
    const added = await act(client, body.batchId, 'add', {
      payments: Array.from({ length: payments }, () => order()),
    });
    assert.equal(added.status, 200, added.text);
  }
  return body.batchId;
}

/** Asks for an action on a batch, with a body that suits it unless another is given. */
function act(client: OptumClient, batchId: string, action: string, body?: unknown): Promise<Answer> {
  const path = `/payments/batch/${batchId}`;
  const suited: Readonly<Record<string, unknown>> = {
    add: { payments: [order()] },
    release: { batchId, releasedBy: 'a.second' },
    change: { expectedNumberOfPayments: 1 },
  };
  return action === 'change'
    ? client.call('PATCH', path, body ?? suited.change)
    : client.call('POST', `${path}/${action}`, body ?? suited[action]);
}

const read = async (client: OptumClient, batchId: string, more = ''): Promise<Json> =>
  (await client.call('GET', `/payments/batch/${batchId}${more}`)).body;

const statusesIn = async (client: OptumClient, batchId: string): Promise<string[]> =>
  (await read(client, batchId, '/details')).payments.map((one: Json) => one.status);

describe('a batch', () => {
  it('is answered with the attributes of its document, totals in dollars', async () => {
    const clientRequestId = newReference();
    const asked = {
      clientRequestId,
      expectedBatchTotal: 36.25,
      expectedNumberOfPayments: 2,
      subAccountId: 'sub-1',
    };
    const { status, body } = await optum.call('POST', '/payments/batch', asked);
    assert.equal(status, 201);
    assert.match(body.batchId, /^[0-9a-f]{32}$/);
    assert.deepEqual(body, {
      batchId: body.batchId,
      tenantId: app.tenants[0]?.tenant.id,
      clientRequestId,
      accountId: 'acc-1',
      subAccountId: 'sub-1',
      fundingType: 'PreFundedSameDay',
      fundingRequestId: null,
      batchStatus: 'Created',
      expectedBatchTotal: 36.25,
      expectedNumberOfPayments: 2,
      currentBatchTotal: 0,
      currentNumberOfPayments: 0,
      batchCreatedDate: body.batchCreatedDate,
    });
    const payments = [order({ amount: 3_000 }), order({ amount: 625 })];
    const added = await act(optum, body.batchId, 'add', { payments });
    assert.equal(added.body.currentBatchTotal, 36.25);
    assert.deepEqual(
      added.body.payments.map((one: Json) => [one.issuerReferenceId, one.amount, one.status]),
      payments.map((one: Json) => [one.issuerReferenceId, one.amount, 'Created']),
    );
    assert.equal((await act(optum, body.batchId, 'start')).body.batchStatus, 'Funding');
  });

  it('asked for twice the same way is one, and its name is taken for another', async () => {
    const asked = { clientRequestId: newReference(), expectedNumberOfPayments: 1 };
    const first = await optum.call('POST', '/payments/batch', asked);
    const again = await optum.call('POST', '/payments/batch', asked);
    assert.deepEqual([again.status, again.body.batchId], [200, first.body.batchId]);
    const other = await optum.call('POST', '/payments/batch', { ...asked, expectedNumberOfPayments: 2 });
    assert.equal(other.status, 409);
  });

  it('goes by itself from start to completion, with its payments', async () => {
    const batchId = await open(optum, 3);
    assert.deepEqual(await statusesIn(optum, batchId), ['Created', 'Created', 'Created']);
    await optum.settle();
    assert.deepEqual(await statusesIn(optum, batchId), ['Created', 'Created', 'Created']);
    assert.equal((await act(optum, batchId, 'start')).body.batchStatus, 'Funding');
    await optum.settle();
    assert.equal((await read(optum, batchId)).batchStatus, 'Processing');
    await optum.turn({ by: 'P10D' });
    assert.equal((await read(optum, batchId)).batchStatus, 'Completed');
    assert.deepEqual(await statusesIn(optum, batchId), ['Completed', 'Completed', 'Completed']);
  });

  it('takes payments all or none, names the bad one, and takes none twice', async () => {
    const batchId = await open(optum, 0);
    const good = order();
    const bad = await act(optum, batchId, 'add', { payments: [good, order({ amount: 0 })] });
    assert.equal(bad.status, 400);
    assert.ok('payments[1].amount' in bad.body.errors, bad.text);
    const wrong = order({ payeeDetails: { ...achOrder().payeeDetails, npi: '1234567890' } });
    const ruled = await act(optum, batchId, 'add', { payments: [good, wrong] });
    assert.ok('payments[1].payeeDetails.npi' in ruled.body.errors, ruled.text);
    assert.equal((await read(optum, batchId)).currentNumberOfPayments, 0);
    assert.equal((await act(optum, batchId, 'add', { payments: [good] })).status, 200);
    const twice = await act(optum, batchId, 'add', { payments: [good, good, order()] });
    assert.equal(twice.body.currentNumberOfPayments, 2);
    assert.equal(twice.body.payments[0].paymentId, twice.body.payments[1].paymentId);
    const used = await act(optum, batchId, 'add', { payments: [order(), { ...good, amount: 1 }] });
    assert.equal(used.status, 409);
    assert.equal((await read(optum, batchId)).currentNumberOfPayments, 2);
  });

  it('is not started empty, nor with other than was expected, until that is changed', async () => {
    assert.equal((await act(optum, await open(optum, 0), 'start')).status, 409);
    const batchId = await open(optum, 2);
    assert.equal((await act(optum, batchId, 'change', { expectedBatchTotal: 200.01 })).status, 200);
    assert.equal((await act(optum, batchId, 'start')).status, 409);
    assert.equal((await act(optum, batchId, 'change', { expectedBatchTotal: 200.005 })).status, 400);
    const changed = await act(optum, batchId, 'change', { expectedBatchTotal: 200 });
    assert.equal(changed.body.expectedBatchTotal, 200);
    assert.equal((await act(optum, batchId, 'start')).status, 200);
  });

  it('is listed with others, newest first, page by page', async () => {
    const [older, newer] = [await open(optum, 0), await open(optum, 0)];
    const first = (await optum.call('GET', '/payments/batch?limit=1')).body;
    assert.deepEqual([first.data.length, first.data[0].batchId], [1, newer]);
    const second = (await optum.call('GET', `/payments/batch?limit=1&cursor=${first.nextCursor}`)).body;
    assert.equal(second.data[0].batchId, older);
    assert.equal((await optum.call('GET', '/payments/batch?cursor=nonsense')).status, 400);
  });
});

/** It goes on by itself, and may have come far by the time it is looked at. */
const onItsWay = /^(Funding|Processing)$/;

describe('a batch of an account that holds', () => {
  it('is released whole, once, by somebody who says so', async () => {
    const batchId = await open(hold, 2);
    assert.equal((await act(hold, batchId, 'start')).body.batchStatus, 'Held');
    assert.deepEqual(await statusesIn(hold, batchId), ['Held', 'Held']);
    const release = { batchId, releasedBy: 'a.second' };
    const elsewhere = { ...release, batchId: '0'.repeat(32) };
    assert.equal((await act(hold, batchId, 'release', elsewhere)).status, 400);
    assert.equal((await act(hold, batchId, 'release', { batchId })).status, 400);
    const released = await act(hold, batchId, 'release', release);
    assert.deepEqual([released.status, released.text], [204, '']);
    assert.equal((await act(hold, batchId, 'release', release)).status, 409);
    assert.match((await read(hold, batchId)).batchStatus, onItsWay);
    await hold.settle();
    const [payment] = (await read(hold, batchId, '/details')).payments;
    const { statusHistory } = await hold.details(payment.paymentId);
    assert.equal(statusHistory[2].reason, 'released by a.second');
  });

  it('is released in part, stays held for the rest, and cannot be cancelled any more', async () => {
    const batchId = await open(hold, 3);
    await act(hold, batchId, 'start');
    const ids = (await read(hold, batchId, '/details')).payments.map((one: Json) => one.paymentId);
    const part = (paymentIds: string[]) =>
      act(hold, batchId, 'release-partial', { batchId, releasedBy: 'a.second', paymentIds });
    const strange = await part([ids[0], await hold.pay()]);
    assert.equal(strange.status, 400);
    assert.ok('paymentIds[1]' in strange.body.errors, strange.text);
    assert.equal((await part([ids[0]])).status, 204);
    assert.equal((await part([ids[0]])).status, 409);
    await hold.settle();
    assert.deepEqual((await statusesIn(hold, batchId)).sort(), ['Held', 'Held', 'Requested']);
    assert.equal((await read(hold, batchId)).batchStatus, 'Held');
    assert.equal((await act(hold, batchId, 'cancel')).status, 409);
    assert.equal((await part([ids[1], ids[2]])).status, 204);
    assert.match((await read(hold, batchId)).batchStatus, onItsWay);
  });

  it('is cancelled with its payments, of which none was funded and none can be issued again', async () => {
    await hold.settle();
    const before = await fundsOf();
    for (const started of [false, true]) {
      const batchId = await open(hold, 2);
      if (started) await act(hold, batchId, 'start');
      assert.equal((await act(hold, batchId, 'cancel')).body.batchStatus, 'Cancelled');
      assert.deepEqual(await statusesIn(hold, batchId), ['Voided', 'Voided']);
      const [payment] = (await read(hold, batchId, '/details')).payments;
      assert.equal((await hold.call('POST', `/payments/${payment.paymentId}/reissue`)).status, 409);
    }
    await hold.settle();
    assert.deepEqual(await fundsOf(), before);
  });

  it('allows in each status what its document says, and answers 409 to the rest', async () => {
    const allowed: Readonly<Record<string, readonly string[]>> = {
      Created: ['add', 'change', 'start', 'cancel'],
      Held: ['release', 'cancel'],
      Funding: [],
      Processing: [],
      Completed: [],
      Cancelled: [],
    };
    const reach = async (status: string): Promise<string> => {
      const batchId = await open(hold);
      if (status === 'Cancelled') await act(hold, batchId, 'cancel');
      if (['Created', 'Cancelled'].includes(status)) return batchId;
      await act(hold, batchId, 'start');
      if (status === 'Held') return batchId;
      await app.app.core.database.query('update payout_batches set status = $1 where id = $2', [
        status.toLowerCase(),
        batchId.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
      ]);
      return batchId;
    };
    for (const [status, now] of Object.entries(allowed)) {
      const refused = await reach(status);
      for (const action of ['add', 'change', 'start', 'release', 'cancel']) {
        const batchId = now.includes(action) ? await reach(status) : refused;
        const answer = await act(hold, batchId, action);
        const expected = now.includes(action) ? [200, 204] : [409];
        assert.ok(expected.includes(answer.status), `${action} of ${status}: ${answer.text}`);
      }
    }
  });
});

/** What the ledger says of the account that holds. */
const fundsOf = () =>
  app.app.core.database.query('select available from payout_accounts order by tenant_id, id', []);
