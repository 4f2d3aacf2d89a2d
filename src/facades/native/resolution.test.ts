import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Tenant } from '#core/tenants/tenant.ts';
import { type NativeServer, startNative, type Wire } from '#test/support/native-server.ts';

let server: NativeServer;

before(async () => {
  server = await startNative();
  await server.ask('PUT', '/connectors/windcave', {
    body: {
      account: {
        pxPayUserId: 'Clinic_PxPay',
        pxPayKey: 'abcdef01'.repeat(8),
        postUsername: 'Clinic_PxPost',
        postPassword: 'secret',
        baseUrl: 'https://uat.windcave.com',
      },
      methods: ['card'],
    },
  });
});

after(() => server.close());

/** A card payment whose processor cannot be reached, and the movement of which so nothing is known. */
async function leaveUnknown(): Promise<{ payment: string; operation: string }> {
  const { tenant } = server.one;
  const connectors = { ...tenant.settings.connectors, card: 'windcave' };
  const asked: Tenant = { ...tenant, settings: { ...tenant.settings, connectors } };
  const payment = await server.initiate(asked, 'card');
  const { body } = await server.ask('GET', `/payments/${payment}`);
  return { payment, operation: body.operations[0].id };
}

const approval = {
  outcome: 'approved',
  processorReference: 'portal-17',
  by: 'Anna Ek',
  reason: 'Stands as paid in the processor’s portal',
};
const refusal = { outcome: 'declined', by: 'Anna Ek', reason: 'Not on the statement of 31 January' };

const resolve = (operation: string, body: unknown, idempotencyKey?: string) =>
  server.ask('POST', `/operations/${operation}/resolution`, {
    body,
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  });

test('a movement of which nobody knows is listed until a person says what became of it', async () => {
  const { payment, operation } = await leaveUnknown();
  const listed = async () =>
    (await server.ask('GET', '/operations/unknown')).body.data.map((one: Wire) => one.id);
  assert.ok((await listed()).includes(operation));
  const { status, body } = await resolve(operation, approval);
  assert.equal(status, 200);
  assert.deepEqual(
    [body.status, body.processorReference, body.paymentId],
    ['approved', 'portal-17', payment],
  );
  assert.ok(!(await listed()).includes(operation));
});

test('money that a person found is booked as if the processor had told of it', async () => {
  const { payment, operation } = await leaveUnknown();
  assert.equal((await resolve(operation, { ...approval, processorReference: 'portal-18' })).status, 200);
  const { body } = await server.ask('GET', `/payments/${payment}`);
  assert.deepEqual([body.status, body.captured, body.refundable], ['completed', 10_000, 10_000]);
  const audit = await server.ask('GET', '/audit');
  assert.deepEqual(
    audit.body.checks.filter((check: Wire) => !check.ok),
    [],
  );
});

test('a movement that a person knows not to have happened ends its payment', async () => {
  const { payment, operation } = await leaveUnknown();
  const { body } = await resolve(operation, refusal);
  assert.deepEqual([body.status, body.message], ['declined', refusal.reason]);
  const after = await server.ask('GET', `/payments/${payment}`);
  assert.deepEqual([after.body.status, after.body.captured], ['declined', 0]);
});

test('who resolved a movement, and why, is kept in the event log', async () => {
  const { payment, operation } = await leaveUnknown();
  await resolve(operation, refusal);
  const { body } = await server.ask('GET', '/events?limit=200');
  const event = body.data.find(
    (one: Wire) => one.type === 'operation.resolved' && one.subject === `operation:${operation}`,
  );
  const { by, reason, outcome, paymentId } = event.data;
  assert.deepEqual({ by, reason, outcome, paymentId }, { ...refusal, paymentId: payment });
});

test('a resolution that is repeated under its key is one; what is known is not resolved again', async () => {
  const { payment, operation } = await leaveUnknown();
  const [first, second] = [
    await resolve(operation, refusal, `resolve-${operation}`),
    await resolve(operation, refusal, `resolve-${operation}`),
  ];
  assert.equal(second.headers['idempotent-replayed'], 'true');
  assert.deepEqual(second.body, first.body);
  const again = await resolve(operation, { ...approval, processorReference: 'portal-19' });
  assert.equal(again.body.type, '/docs/errors#operation_forbidden');
  const { body } = await server.ask('GET', `/payments/${payment}`);
  assert.deepEqual([body.status, body.captured], ['declined', 0]);
});

test('an approval without the processor’s reference is refused by name, and nothing is stored', async () => {
  const { operation } = await leaveUnknown();
  const { processorReference: _left, ...incomplete } = approval;
  const { status, body } = await resolve(operation, incomplete);
  assert.equal(status, 422);
  assert.equal(body.errors[0].property, 'processorReference');
  const unknown = await server.ask('GET', '/operations/unknown');
  assert.ok(unknown.body.data.some((one: Wire) => one.id === operation));
});

test('another tenant’s movement is as unknown as one that never was', async () => {
  const { operation } = await leaveUnknown();
  for (const id of [operation, '00000000-0000-4000-8000-000000000000', 'x']) {
    const options = { body: refusal, key: server.two.key };
    assert.equal((await server.ask('POST', `/operations/${id}/resolution`, options)).status, 404);
  }
});
