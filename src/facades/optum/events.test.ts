import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type CallbackReceiver, startCallbackReceiver } from '#test/support/callback-receiver.ts';
import { achOrder, newReference, type OptumClient, optumClient } from '#test/support/optum-client.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';

let app: TestApp;
let optum: OptumClient;
let receiver: CallbackReceiver;
before(async () => {
  app = await startTestApp();
  optum = optumClient(app);
  receiver = await startCallbackReceiver();
});
after(async () => {
  await app.stop();
  await receiver.close();
});

const key = 'the key of the subscription';

const call = (method: string, path: string, body?: unknown, index = 0) =>
  sendJson(
    `${app.url}/api/event-api/v1${path}`,
    method,
    app.tenants[index]?.entries.optum?.headers ?? {},
    body,
  );

const order = (path: string, eventNames: readonly string[]) => ({
  url: `${receiver.url}${path}`,
  eventNames,
  auth: { apiKey: { key } },
});

/** Subscribes an address of the receiver and answers the subscription. */
async function subscribe(path: string, eventNames: readonly string[]): Promise<Json> {
  const { status, body, text } = await call('POST', '/subscriptions', order(path, eventNames));
  assert.equal(status, 201, text);
  return body;
}

const told = async (path: string, count: number): Promise<Json[]> =>
  (await receiver.waitFor(path, count)).map(({ body }) => JSON.parse(body));

describe('a subscription', () => {
  it('is kept once its address has answered a handshake signed with its key, which is told to nobody', async () => {
    const made = await subscribe('/handshake', ['payment_voided']);
    assert.deepEqual(made, {
      id: made.id,
      url: `${receiver.url}/handshake`,
      eventNames: ['payment_voided'],
      status: 'active',
      createdAt: made.createdAt,
    });
    const [greeting] = await receiver.waitFor('/handshake');
    assert.equal(JSON.parse(greeting?.body ?? '').type, 'subscription_handshake');
    const signature = createHmac('sha256', key)
      .update(greeting?.body ?? '')
      .digest('hex');
    assert.equal(greeting?.headers['x-optum-webhook-callback-hmac-signature'], signature);
    const kept = await app.app.core.database.query('select * from event_subscriptions', []);
    assert.doesNotMatch(JSON.stringify(kept), /the key of/);
    const elsewhere = await sendJson(
      `${app.url}/v1/event-api/subscriptions/${made.id}`,
      'GET',
      app.tenants[0]?.entries.optum?.headers ?? {},
    );
    assert.deepEqual(elsewhere.body, made);
    assert.equal((await call('GET', `/subscriptions/${made.id}`, undefined, 1)).status, 404);
  });

  it('of an address that does not answer, that we may not call, or of an unknown event is refused and not kept', async () => {
    const before = (await call('GET', '/subscriptions')).body.data.length;
    receiver.answer(500);
    const silent = await call('POST', '/subscriptions', order('/silent', ['payment_voided']));
    receiver.answer(204);
    assert.equal(silent.status, 400);
    assert.ok('url' in silent.body.errors, silent.text);
    const names = ['payment_voided'];
    for (const url of ['https://10.0.0.1/', 'https://169.254.169.254/', 'http://example.com/', 'ftp://x/'])
      assert.equal((await call('POST', '/subscriptions', { ...order('', names), url })).status, 400, url);
    assert.equal((await call('POST', '/subscriptions', order('/x', ['payment_lost']))).status, 400);
    assert.equal((await call('GET', '/subscriptions')).body.data.length, before);
  });

  it('is told of payments and batches in envelopes, each signed over the bytes that are sent', async () => {
    const names = ['payment_loading_requested', 'payment_voided', 'batch_created', 'batch_cancelled'];
    await subscribe('/told', names);
    const paymentId = await optum.pay();
    await optum.settle();
    await optum.call('POST', `/payments/${paymentId}/void`);
    const { body: batch } = await optum.call('POST', '/payments/batch', { clientRequestId: newReference() });
    await optum.call('POST', `/payments/batch/${batch.batchId}/add`, {
      payments: [{ ...achOrder(), numberOfClaims: 0 }],
    });
    await optum.call('POST', `/payments/batch/${batch.batchId}/cancel`);
    await optum.settle();
    const envelopes = (await told('/told', 6)).slice(1);
    assert.deepEqual(envelopes.map(({ type }) => type).sort(), [
      'batch_cancelled',
      'batch_created',
      'payment_loading_requested',
      'payment_voided',
      'payment_voided',
    ]);
    const voided = envelopes.find(
      ({ type, data }) => type === 'payment_voided' && data.paymentId === paymentId,
    );
    assert.deepEqual(Object.keys(voided), [
      'id',
      'source',
      'specVersion',
      'type',
      'dataContentType',
      'data',
      'time',
      'causationId',
    ]);
    assert.deepEqual(voided.data, (await optum.call('GET', `/payments/${paymentId}`)).body);
    const cancelled = envelopes.find(({ type }) => type === 'batch_cancelled').data;
    assert.deepEqual(
      [cancelled.totalAmount, cancelled.numberOfPayments, cancelled.status],
      [100, 1, 'Cancelled'],
    );
    for (const { headers, body } of await receiver.waitFor('/told', 6))
      assert.equal(
        headers['x-optum-webhook-callback-hmac-signature'],
        createHmac('sha256', key).update(body).digest('hex'),
      );
  });

  it('that does not answer is tried four times in 31 minutes, then misses what happens until it is reopened', async () => {
    const { id } = await subscribe('/broken', ['payment_voided']);
    const statusOf = async () => (await call('GET', `/subscriptions/${id}`)).body.status;
    const voidOne = async () => {
      const paymentId = await optum.pay();
      await optum.settle();
      await optum.call('POST', `/payments/${paymentId}/void`);
      await optum.settle();
      return paymentId;
    };
    receiver.answer(500);
    const first = await voidOne();
    await optum.turn({ by: 'PT30M' });
    assert.equal(await statusOf(), 'active');
    await optum.turn({ by: 'PT2M' });
    assert.equal(await statusOf(), 'open');
    assert.equal((await told('/broken', 5)).length, 5, 'a handshake and four tries');
    const second = await voidOne();
    const missed = async (): Promise<Json[]> =>
      (await call('GET', `/subscriptions/${id}/missed-events`)).body.data;
    const events = await missed();
    assert.deepEqual(
      events.map(({ eventName, eventPayload }) => [eventName, JSON.parse(eventPayload).data.paymentId]),
      [
        ['payment_voided', first],
        ['payment_voided', second],
      ],
    );
    assert.equal(JSON.parse(events[0].failurePayload).status, 500);
    assert.equal((await told('/broken', 5)).length, 5, 'nothing is sent while the circuit is open');
    const acknowledge = `/subscriptions/${id}/missed-events/${events[0].id}/acknowledge`;
    assert.equal((await call('POST', acknowledge)).status, 204);
    assert.equal((await call('POST', acknowledge)).status, 404);
    receiver.answer(204);
    assert.equal((await call('POST', `/subscriptions/${id}/reopen`)).body.status, 'active');
    await optum.settle();
    const [, , , , , sent] = await told('/broken', 6);
    assert.deepEqual([sent.data.paymentId, await missed()], [second, []]);
  });

  it('is changed after another handshake, and ends for good', async () => {
    const { id } = await subscribe('/old', ['payment_held']);
    const change = () =>
      sendJson(
        `${app.url}/api/event-api/v1/subscriptions/${id}`,
        'PUT',
        { ...app.tenants[0]?.entries.optum?.headers, 'idempotency-key': 'change' },
        order('/new', ['payment_voided']),
      );
    const changed = await change();
    assert.deepEqual((await change()).body, changed.body);
    assert.deepEqual([changed.status, changed.body.eventNames], [200, ['payment_voided']]);
    const greetings = await told('/new', 1);
    assert.deepEqual(
      greetings.map(({ type }) => type),
      ['subscription_handshake'],
      'a repetition greets nobody again',
    );
    assert.equal((await call('DELETE', `/subscriptions/${id}`)).status, 204);
    for (const method of ['GET', 'DELETE'])
      assert.equal((await call(method, `/subscriptions/${id}`)).status, 404);
  });
});
