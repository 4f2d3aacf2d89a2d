/** The payer's way through the checkout, without a script, and what the shop is told of it. */
import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { rotateSigningKeys } from '#core/signing-keys/rotate-signing-keys.ts';
import { manualClock } from '#kit/clock.ts';
import { parseUlid } from '#kit/ulid.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type CallbackReceiver, startCallbackReceiver } from '#test/support/callback-receiver.ts';
import {
  declinedCard,
  type HihealthClient,
  hihealthClient,
  latestCode,
  sampleBody,
  samplePdf,
} from '#test/support/hihealth-client.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';
import { assertAuditGreen } from '#test/support/reconcile.ts';

const clock = manualClock(new Date('2026-03-02T09:00:00Z'));
const hourMs = 3_600_000;

let app: TestApp;
let shop: HihealthClient;
let receiver: CallbackReceiver;
before(async () => {
  app = await startTestApp({ clock });
  shop = hihealthClient(app);
  receiver = await startCallbackReceiver();
});
after(async () => {
  await app.stop();
  await receiver.close();
});

const tenantId = () => app.tenants[0]?.tenant.id ?? '';
const native = (method: string, path: string, body?: unknown) =>
  sendJson(`${app.url}/v1${path}`, method, app.native(), body);

/** Makes a payment whose callbacks are received at a path of its own. */
async function create(path: string, replaced: Json = {}) {
  const merchantUrls = { ...sampleBody.merchantUrls, callback: receiver.url + path };
  return shop.create({ merchantUrls, ...replaced });
}

/** The statuses the shop was told of, in the order in which it was told. */
async function told(path: string, count: number): Promise<string[]> {
  return (await receiver.waitFor(path, count)).map(({ body }) => JSON.parse(body).status);
}

describe('a payer', () => {
  it('claims, confirms and pays; the invoice settles; the shop is told of every status, signed', async () => {
    const { id, token } = await create('/auto');
    const payer = shop.visit(token);
    assert.match((await payer.open()).text, /name="contact"/);
    assert.match((await payer.claim()).text, /value="confirm"/);
    await payer.pay();
    const back = await payer.open();
    assert.deepEqual([back.status, back.location], [303, sampleBody.merchantUrls.successRedirect]);
    assert.equal(await shop.statusOf(id), 'PENDING');
    assert.equal((await shop.upload(`/payments/${id}/invoice`, samplePdf)).body.status, 'SETTLED');
    assert.deepEqual(await told('/auto', 4), ['INITIAL', 'CLAIMED', 'PENDING', 'SETTLED']);

    const key = createPublicKey(
      await (await fetch(`${shop.base}/.well-known/callback-certificate.pem`)).text(),
    );
    for (const { headers, body } of await receiver.waitFor('/auto', 4)) {
      const signature = Buffer.from(String(headers['hi-api-signature']), 'base64');
      assert.ok(verify('sha256', Buffer.from(body), key, signature));
      assert.equal(headers['hi-api-signature-format'], 'base64');
      assert.equal(headers['hi-api-hash-algorithm'], 'RSA-SHA256');
    }
    const last = JSON.parse((await receiver.waitFor('/auto', 4)).at(-1)?.body ?? '');
    const { createdAt, updatedAt, ...rest } = last;
    assert.equal(new Date(updatedAt).toISOString(), updatedAt);
    assert.equal(new Date(createdAt).toISOString(), createdAt);
    assert.deepEqual(Object.keys(last), [
      'amount',
      'currency',
      'createdAt',
      'id',
      'merchantReference',
      'prescriptionRequired',
      'status',
      'updatedAt',
    ]);
    assert.deepEqual([rest.amount, rest.id], [1000, id]);
  });

  it('has the money held in MANUAL; it is captured once, then cancelled no more', async () => {
    const { id, token } = await create('/captured', { cardCaptureMode: 'MANUAL' });
    const payer = shop.visit(token);
    await payer.claim();
    await payer.pay();
    assert.equal((await payer.open()).location, sampleBody.merchantUrls.successRedirect);
    assert.equal(await shop.statusOf(id), 'AUTHORISED');
    const key = { 'idempotency-key': `capture-${id}` };
    const captured = await shop.call('POST', `/payments/${id}/capture`, undefined, key);
    assert.deepEqual([captured.status, captured.body.status], [200, 'PENDING']);
    const again = await shop.call('POST', `/payments/${id}/capture`, undefined, key);
    assert.deepEqual([again.status, again.headers.get('idempotent-replayed')], [200, 'true']);
    assert.equal((await shop.call('POST', `/payments/${id}/capture`)).status, 409);
    assert.equal((await shop.call('POST', `/payments/${id}/cancel`)).status, 409);
    assert.deepEqual(await told('/captured', 4), ['INITIAL', 'CLAIMED', 'AUTHORISED', 'PENDING']);
  });

  it('has the money held in MANUAL; it is cancelled, then captured no more', async () => {
    const { id, token } = await create('/cancelled', { cardCaptureMode: 'MANUAL' });
    const payer = shop.visit(token);
    await payer.claim();
    await payer.pay();
    const cancelled = await shop.call('POST', `/payments/${id}/cancel`);
    assert.deepEqual([cancelled.status, cancelled.body.status], [200, 'CANCELLED']);
    assert.equal((await shop.call('POST', `/payments/${id}/capture`)).status, 409);
    assert.equal((await shop.upload(`/payments/${id}/document/OTHER`, samplePdf)).status, 409);
    assert.deepEqual(await told('/cancelled', 4), ['INITIAL', 'CLAIMED', 'AUTHORISED', 'CANCELLED']);
  });

  it('has the money held in MANUAL; after seven days it is let go, and the shop is told', async () => {
    const { id, token } = await create('/lapsed', { cardCaptureMode: 'MANUAL' });
    const payer = shop.visit(token);
    await payer.claim();
    await payer.pay();
    await native('POST', '/test-clock/advance', { by: 'P6DT23H' });
    assert.equal(await shop.statusOf(id), 'AUTHORISED');
    await native('POST', '/test-clock/advance', { by: 'PT2H' });
    assert.equal(await shop.statusOf(id), 'CANCELLED');
    assert.deepEqual(await told('/lapsed', 4), ['INITIAL', 'CLAIMED', 'AUTHORISED', 'CANCELLED']);
  });

  it('uploads the prescription before confirming, where one is asked for', async () => {
    const { id, token } = await shop.create({ prescriptionRequired: true });
    const payer = shop.visit(token);
    await payer.claim();
    const refused = await payer.press('confirm');
    assert.equal(refused.status, 409);
    assert.match(refused.text, /Upload the prescription first/);
    assert.match((await payer.attach('no PDF at all')).text, /not a PDF/);
    assert.match((await payer.attach(samplePdf)).text, /Your prescription is here/);
    await payer.pay();
    assert.equal(await shop.statusOf(id), 'PENDING');
  });

  it('may cancel, and goes where the shop said; a declined one who gives up goes elsewhere', async () => {
    const { cancelRedirect, failureRedirect } = sampleBody.merchantUrls;
    const early = await shop.create();
    assert.equal((await shop.visit(early.token).press('cancel')).location, cancelRedirect);
    const declined = await shop.create();
    const payer = shop.visit(declined.token);
    await payer.claim();
    await payer.pay(declinedCard);
    assert.match((await payer.open()).text, /did not go through/);
    assert.equal((await payer.press('cancel')).location, failureRedirect);
    assert.equal(await shop.statusOf(declined.id), 'CANCELLED');
  });

  it('may try again after a decline, and pays once', async () => {
    const { id, token } = await shop.create();
    const payer = shop.visit(token);
    await payer.claim();
    await payer.pay(declinedCard);
    await payer.pay();
    assert.equal(await shop.statusOf(id), 'PENDING');
  });

  it('who presses confirm eight times at once is sent to one page', async () => {
    const { id, token } = await shop.create();
    const payer = shop.visit(token);
    await payer.claim();
    const pages = await Promise.all(Array.from({ length: 8 }, () => payer.press('confirm')));
    const shown = new Set(pages.flatMap(({ location }) => location ?? []));
    assert.equal(shown.size, 1);
    const [row] = await app.app.core.database.query<{ count: bigint }>(
      'select count(*) as count from payments where claim_id = $1',
      [parseUlid(id)],
    );
    assert.equal(row?.count, 1n);
  });

  it('is told when the claim is denied, and gets the money back', async () => {
    const { id, token } = await create('/denied');
    const payer = shop.visit(token);
    await payer.claim('denied@example.com');
    await payer.pay();
    const denied = await native('POST', `/claims/${id}/deny`, { reason: 'out of stock' });
    assert.deepEqual([denied.status, denied.body.status], [200, 'denied']);
    await app.app.core.work.drain(tenantId() as never);
    const payment = (await native('GET', `/payments/${denied.body.paymentId}`)).body;
    assert.deepEqual([payment.captured, payment.refunded], [1000, 1000]);
    const { body: messages } = await native('GET', '/messages?limit=50');
    assert.ok(
      messages.data.some((one: Json) => one.to === 'denied@example.com' && /goes back/.test(one.text)),
    );
    assert.deepEqual(await told('/denied', 4), ['INITIAL', 'CLAIMED', 'PENDING', 'DENIED']);
    assert.equal((await payer.open()).status, 200);
  });

  it('who is denied and does not get the money back is looked after by a person, who is told', async () => {
    const { id, token } = await shop.create();
    const payer = shop.visit(token);
    await payer.claim();
    await payer.pay();
    await sendJson(`${app.simulatorUrl}/faults`, 'POST', {}, { kind: 'decline', request: 'refund' });
    const alarms = async () =>
      (await app.app.metrics.alarms.get()).values.reduce((sum, { value }) => sum + value, 0);
    const earlier = await alarms();
    const { paymentId } = (await native('POST', `/claims/${id}/deny`, { reason: 'out of stock' })).body;
    await app.app.core.work.drain(tenantId() as never);
    assert.equal((await native('GET', `/payments/${paymentId}`)).body.refundable, 1000);
    assert.equal(await alarms(), earlier + 1);
    const { data } = (await native('GET', '/events?limit=200')).body;
    assert.ok(data.some((one: Json) => one.type === 'refund.failed' && one.data.paymentId === paymentId));
  });
});

describe('a payment that was claimed', () => {
  it('is its payer’s alone: another contact gets no code, another browser no further', async () => {
    const { id, token } = await shop.create();
    const payer = shop.visit(token);
    await payer.claim('first@example.com');
    const other = shop.visit(token);
    const refused = await other.press('claim', { contact: 'second@example.com' });
    assert.match(refused.text, /Somebody else/);
    assert.equal(await latestCode(app, 0, 'second@example.com'), '');
    for (const action of ['confirm', 'cancel']) assert.equal((await other.press(action)).status, 409);
    assert.equal(await shop.statusOf(id), 'CLAIMED');
    clock.advance(1_000);
    assert.match((await other.claim('first@example.com')).text, /value="confirm"/);
  });

  it('does not open with a wrong code, nor with the right one after five wrong ones', async () => {
    const { id, token } = await shop.create();
    const payer = shop.visit(token);
    const contact = '+46700000017';
    await payer.press('claim', { contact });
    const code = await latestCode(app, 0, contact);
    const wrong = code === '000000' ? '000001' : '000000';
    for (let tried = 0; tried < 5; tried += 1)
      assert.match((await payer.press('verify', { contact, code: wrong })).text, /wrong/);
    assert.match((await payer.press('verify', { contact, code })).text, /wrong/);
    assert.equal(await shop.statusOf(id), 'INITIAL');
  });

  it('takes each code once, and none that is older than ten minutes', async () => {
    const { token } = await shop.create();
    const contact = 'once@example.com';
    const payer = shop.visit(token);
    await payer.press('claim', { contact });
    const code = await latestCode(app, 0, contact);
    clock.advance(10 * 60_000 + 1);
    assert.match((await payer.press('verify', { contact, code })).text, /wrong/);
    await payer.claim(contact);
    const used = await latestCode(app, 0, contact);
    assert.match((await shop.visit(token).press('verify', { contact, code: used })).text, /wrong/);
  });

  it('sends a contact twenty codes an hour and no more', async () => {
    const { token } = await shop.create();
    const payer = shop.visit(token);
    const send = () => payer.press('claim', { contact: 'many@example.com' });
    for (let sent = 0; sent < 20; sent += 1) assert.equal((await send()).status, 200);
    assert.equal((await send()).status, 429);
    clock.advance(hourMs);
    assert.equal((await send()).status, 200);
  });

  it('is no longer to be had with its token after two hours', async () => {
    const { token } = await shop.create();
    clock.advance(2 * hourMs - 1);
    assert.equal((await shop.visit(token).open()).status, 200);
    clock.advance(1);
    assert.equal((await shop.visit(token).open()).status, 404);
  });
});

describe('the signing keys', () => {
  it('are rotated: the next is published a day before it signs, the last a day after', async () => {
    const published = async () => (await shop.call('GET', '/.well-known/jwks.json')).body.keys.length;
    const signer = async () => {
      const { token } = await shop.create();
      return (await shop.visit(token).open()).status;
    };
    clock.advance(90 * 24 * hourMs);
    assert.equal(await rotateSigningKeys(app.app.core), 2);
    clock.advance(60_001);
    assert.deepEqual([await published(), await signer()], [2, 200]);
    clock.advance(24 * hourMs);
    assert.deepEqual([await published(), await signer()], [2, 200]);
    clock.advance(24 * hourMs);
    assert.deepEqual([await published(), await signer()], [1, 200]);
  });
});

it('the books are whole after all of it', async () => {
  await assertAuditGreen(app.app.core.database);
});
