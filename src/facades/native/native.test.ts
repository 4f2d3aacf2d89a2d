import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { randomIds } from '#kit/ids.ts';
import { type NativeServer, startNative, type Wire } from '#test/support/native-server.ts';

let server: NativeServer;

before(async () => {
  server = await startNative();
});

after(() => server.close());

test('a key is asked for, and another tenant’s or a changed one opens nothing', async () => {
  for (const key of ['', server.one.key.slice(0, -1), server.one.key.replace('qk_test', 'qk_live')]) {
    const { status, headers, body } = await server.ask('GET', '/tenant', { key });
    assert.equal(status, 401);
    assert.match(String(headers['content-type']), /^application\/problem\+json/);
    assert.match(String(headers['www-authenticate']), /^Bearer/);
    assert.equal(body.type, '/docs/errors#unauthorised');
  }
  assert.equal((await server.ask('GET', '/tenant')).body.id, server.one.tenant.id);
});

test('the test clock runs, and is turned forward by a duration or to an instant', async () => {
  const { tenant: fresh, key } = await server.openTenant('Clock');
  const start = Date.parse((await server.ask('GET', '/test-clock', { key })).body.now);
  const turned = await server.ask('POST', '/test-clock/advance', { key, body: { by: 'P1D' } });
  assert.equal(turned.status, 200);
  assert.ok(Date.parse(turned.body.now) - start >= 86_400_000);
  const to = new Date(start + 30 * 86_400_000).toISOString();
  assert.ok((await server.ask('POST', '/test-clock/advance', { key, body: { to } })).body.now >= to);
  const { body } = await server.ask('GET', '/test-clock', { key });
  assert.ok(body.now >= to);
  assert.equal(fresh.mode, 'test');
});

test('a turn of the clock that is repeated under its key turns it once', async () => {
  const { key } = await server.openTenant('Repeated turn');
  const turn = () =>
    server.ask('POST', '/test-clock/advance', { key, body: { by: 'P10D' }, idempotencyKey: 'turn-1' });
  const first = await turn();
  const second = await turn();
  assert.equal(second.headers['idempotent-replayed'], 'true');
  assert.ok(Date.parse(second.body.now) - Date.parse(first.body.now) < 86_400_000);
});

test('a turn that is neither, both, backward, too far or nonsense is refused by name', async () => {
  const cases: [unknown, string][] = [
    [{}, 'body'],
    [{ by: 'P1D', to: '2099-01-01T00:00:00Z' }, 'body'],
    [{ by: 'tomorrow' }, 'by'],
    [{ by: 'P11Y' }, 'by'],
    [{ by: 1 }, 'by'],
    [{ to: '2001-01-01T00:00:00Z' }, 'to'],
    [{ to: 'tomorrow' }, 'to'],
    [{ by: 'P1D', for: 'fun' }, 'for'],
  ];
  for (const [body, property] of cases) {
    const answer = await server.ask('POST', '/test-clock/advance', { body });
    assert.equal(answer.status, 422, JSON.stringify(body));
    assert.ok(
      answer.body.errors.some((one: Wire) => one.property === property),
      JSON.stringify(answer.body),
    );
  }
});

test('what another tenant has is as unknown as what nobody has', async () => {
  const id = await server.pay(server.one.tenant);
  const nobody = randomIds.uuid();
  for (const path of ['/payments/ID', '/payments/ID/refunds', '/links/ID']) {
    const [others, unknown, malformed] = await Promise.all(
      [id, nobody, 'x'].map((given) => server.ask('GET', path.replace('ID', given), { key: server.two.key })),
    );
    assert.equal(others?.status, 404);
    assert.deepEqual(others?.body, unknown?.body);
    assert.deepEqual(others?.body, malformed?.body);
  }
  for (const path of ['/payments/ID/refunds', '/events/ID/redeliver', '/callbacks/ID/resend']) {
    const body = path.includes('refunds') ? { amount: 1 } : undefined;
    for (const given of [id, nobody, 'x']) {
      const answer = await server.ask('POST', path.replace('ID', given), { key: server.two.key, body });
      assert.equal(answer.status, 404, path);
    }
  }
  assert.equal((await server.ask('GET', '/payments', { key: server.two.key })).body.data.length, 0);
});

test('a list is read to its end page by page, nothing twice and nothing left out', async () => {
  const { tenant, key } = await server.openTenant('Pages');
  const made = [
    await server.pay(tenant),
    await server.pay(tenant),
    await server.pay(tenant),
    await server.pay(tenant),
    await server.pay(tenant),
  ];
  const seen: string[] = [];
  let next: string | null = '';
  while (next !== null) {
    const { body } = await server.ask('GET', `/payments?limit=2&after=${next}`, { key });
    seen.push(...body.data.map((one: Wire) => one.id));
    next = body.next;
  }
  assert.deepEqual(seen.toSorted(), made.toSorted());
});

test('limits and cursors that are none are refused by name', async () => {
  for (const limit of ['0', '201', '-1', '1.5', 'ten', '1&limit=2']) {
    const { status, body } = await server.ask('GET', `/events?limit=${limit}`);
    assert.equal(status, 422, limit);
    assert.equal(body.errors[0].property, 'limit');
  }
  for (const path of ['/payments', '/links', '/messages', '/callbacks', '/events']) {
    const { status, body } = await server.ask('GET', `${path}?after=tampered`);
    assert.equal(status, 422, path);
    assert.equal(body.errors[0].property, 'after');
  }
});

test('the event log is numbered from one without a gap, and read on from any of its events', async () => {
  const { tenant, key } = await server.openTenant('Events');
  const id = await server.pay(tenant);
  const { body } = await server.ask('GET', '/events?after=&limit=', { key });
  assert.deepEqual(
    body.data.map((one: Wire) => one.sequence),
    body.data.map((_: unknown, index: number) => index + 1),
  );
  const paid = body.data.find((one: Wire) => one.type === 'payment.completed');
  assert.deepEqual(Object.keys(paid).toSorted(), ['createdAt', 'data', 'id', 'sequence', 'subject', 'type']);
  assert.equal(paid.subject, `payment:${id}`);
  const [first] = body.data;
  const rest = await server.ask('GET', `/events?after=${first.id}&limit=200`, { key });
  assert.deepEqual(rest.body.data, body.data.slice(1));
});

test('an event that was told is told again on request, under the same id', async () => {
  const { tenant, key } = await server.openTenant('Callbacks');
  await server.pay(tenant, 'http://127.0.0.1:9/hook');
  const listed = await server.ask('GET', '/callbacks?status=&limit=10', { key });
  const [callback] = listed.body.data;
  const again = await server.ask('POST', `/events/${callback.eventId}/redeliver`, { key });
  assert.equal(again.status, 200);
  assert.deepEqual(again.body.callbackIds, [callback.id]);
  const resent = await server.ask('POST', `/callbacks/${callback.id}/resend`, { key });
  assert.equal(resent.status, 200);
  assert.equal(resent.body.id, callback.id);
  assert.equal((await server.ask('GET', '/callbacks?status=late', { key })).status, 422);
});

test('what a message says of its sending is listed, newest first', async () => {
  const { status, body } = await server.ask('GET', '/messages?limit=1');
  assert.equal(status, 200);
  assert.deepEqual(body, { data: [], next: null });
});
