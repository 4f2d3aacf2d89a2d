/** Cards on file, charges and refunds, as a clinic's software asks for them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Json, payOnPage, sendJson } from '#test/support/ping-client.ts';
import {
  declinedCard,
  goodCard,
  type Kept,
  monthlyPlan,
  newClient,
  type ProvetClient,
  provetClient,
} from '#test/support/provet-client.ts';

let app: TestApp;
let provet: ProvetClient;
let other: ProvetClient;
let kept: Kept;
before(async () => {
  app = await startTestApp();
  provet = provetClient(app);
  other = provetClient(app, 1);
  kept = await provet.keepCard();
});
after(() => app.stop());

describe('a charge', () => {
  it('takes amount and surcharge together, and tells of the card, the client and the notes', async () => {
    const paid = await provet.charge(kept, {
      Amount: 100.5,
      Surcharge: 1.5,
      Notes: 'Rex',
      Description: 'Visit',
    });
    assert.deepEqual(
      [paid.Amount, paid.Surcharge, paid.Currency, paid.Type, paid.Success, paid.Pending, paid.Notes],
      [102, 1.5, 'AUD', 'Purchase', true, false, 'APPROVED'],
    );
    assert.deepEqual(
      [paid.MaskedCardNumber, paid.CardType, paid.CardHolderName, paid.MerchantNotes, paid.Description],
      ['411111........11', 'Visa', 'BERTIL', 'Rex', 'Visit'],
    );
    assert.equal(paid.Client.FirstName, newClient.FirstName);
    assert.deepEqual(await provet.ask('GET', `/payment/${paid.Id}`), paid);
  });

  it('that is declined is an answer with the reason, not an error', async () => {
    const declined = await provet.charge(kept, { Amount: 10.76 });
    assert.deepEqual([declined.Success, declined.Pending, declined.Notes], [false, false, 'DECLINED (76)']);
  });

  it('of which nothing is known yet is pending, and known once the processor says', async () => {
    await fetch(`${app.simulatorUrl}/faults`, {
      method: 'POST',
      body: JSON.stringify({ kind: 'act-then-500', times: 1, connector: 'windcave' }),
      headers: { 'content-type': 'application/json' },
    });
    const unknown = await provet.charge(kept, { Amount: 12 });
    assert.deepEqual([unknown.Success, unknown.Pending], [false, true]);
    assert.match(unknown.Notes, /^PENDING/);
    const [operation] = await app.app.core.database.query<{ id: string; tenantId: string }>(
      'select id, tenant_id as "tenantId" from operations where payment_id = $1',
      [unknown.Id],
    );
    await app.app.core.processors.inquire(operation?.tenantId as never, operation?.id as never);
    const known = await provet.ask('GET', `/payment/${unknown.Id}`);
    assert.deepEqual([known.Success, known.Pending], [true, false]);
  });

  it('needs the client whose card it is', async () => {
    const stranger = await provet.keepCard();
    const mixed = { clientId: stranger.clientId, paymentMethodId: kept.paymentMethodId };
    await assert.rejects(provet.charge(mixed), /answered 404/);
  });

  it('is made once under its key, however often it is asked for', async () => {
    const body = { Amount: 5, ClientId: kept.clientId, PaymentMethodId: kept.paymentMethodId };
    const headers = { 'idempotency-key': 'charge-once' };
    const first = await provet.call('POST', '/charge', body, headers);
    const second = await provet.call('POST', '/charge', body, headers);
    assert.equal(second.headers.get('idempotent-replayed'), 'true');
    assert.deepEqual(second.body, first.body);
  });
});

describe('a refund', () => {
  it('gives back in parts, up to what was charged and not a cent more', async () => {
    const { Id } = await provet.charge(kept, { Amount: 30, Surcharge: 3 });
    for (const amount of ['20', '13.00']) {
      const refund = await provet.ask('GET', `/refund/paymentId=${Id}&amount=${amount}`);
      assert.deepEqual([refund.Type, refund.Success, refund.OriginalPaymentId], ['Refund', true, Id]);
      assert.equal(refund.Amount, Number(amount));
      assert.deepEqual(await provet.ask('GET', `/payment/${refund.Id}`), refund);
    }
    const { status, body } = await provet.call('GET', `/refund/paymentId=${Id}&amount=0.01`);
    assert.deepEqual([status, body.Error.Code], [400, 'amount_exceeds_available']);
  });

  it('by GET is never kept by anybody on the way, and not made by HEAD or a prefetch', async () => {
    const { Id } = await provet.charge(kept, { Amount: 9 });
    const path = `/refund/paymentId=${Id}&amount=9`;
    const head = await provet.call('HEAD', path);
    assert.equal(head.status, 405);
    assert.equal(head.headers.get('allow')?.includes('HEAD'), false);
    for (const purpose of [{ 'sec-purpose': 'prefetch' }, { purpose: 'prefetch' }, { 'x-moz': 'prefetch' }])
      assert.equal((await provet.call('GET', path, undefined, purpose)).status, 405);
    const made = await provet.call('GET', path);
    assert.equal(made.headers.get('cache-control'), 'no-store');
    assert.equal(made.body.Success, true);
  });

  it('asked for again within half a minute, in whatever spelling, is the same refund', async () => {
    const { Id } = await provet.charge(kept, { Amount: 40 });
    const spellings = [
      `/refund/paymentId=${Id}&amount=4`,
      `/Refund/PaymentId=${Id.toUpperCase()}&Amount=4.00/`,
      `/refund?paymentid=${Id}&amount=04.0`,
    ];
    const answers = await Promise.all(spellings.map((path) => provet.ask('GET', path)));
    assert.equal(new Set(answers.map(({ Id: refund }: Json) => refund)).size, 1);
    const native = await fetch(`${app.url}/v1/payments/${Id}`, { headers: app.native() });
    assert.equal(((await native.json()) as Json).refunded, 400);
  });

  it('asked for again under another key, or by POST, is another refund', async () => {
    const { Id } = await provet.charge(kept, { Amount: 40 });
    const path = `/refund/paymentId=${Id}&amount=4`;
    const ids = [
      await provet.ask('GET', path),
      await provet.ask('GET', path, undefined, { 'idempotency-key': 'refund-two' }),
      await provet.ask('POST', '/refund', { PaymentId: Id, Amount: 4 }),
    ].map((refund: Json) => refund.Id);
    assert.equal(new Set(ids).size, 3);
  });
});

describe('a card', () => {
  it('that fails its check is not kept, and the client is sent back and told so', async () => {
    const request = { RedirectUrl: 'https://clinic.example/back?order=17', Client: newClient };
    const { Url, ClientId } = await provet.ask('POST', '/card', request);
    const back = new URL(await payOnPage(Url, declinedCard));
    assert.equal(back.origin + back.pathname, 'https://clinic.example/back');
    assert.deepEqual(
      [back.searchParams.get('order'), back.searchParams.get('success'), back.searchParams.get('clientId')],
      ['17', 'false', ClientId],
    );
    assert.deepEqual(await provet.ask('GET', `/paymentmethods/clientid=${ClientId}`), []);
  });

  it('that passes it is kept, and its id stands in the address the client is sent back to', async () => {
    const request = { RedirectUrl: 'https://clinic.example/back', Client: { Id: kept.clientId } };
    const { Url, ClientId } = await provet.ask('POST', '/card', request);
    assert.equal(ClientId, kept.clientId);
    const back = new URL(await payOnPage(Url, '5431111111111111'));
    const methods = await provet.ask('GET', `/paymentmethods/clientid=${ClientId}`);
    const made = methods.find((one: Json) => one.Id === back.searchParams.get('paymentMethodId'));
    assert.deepEqual(
      [made.MaskedCardNumber, made.CardType, made.ExpiryDate, made.DeletedOn],
      ['543111........11', 'Mastercard', '1239', null],
    );
    assert.ok(methods.length >= 2);
  });

  it('that is deleted stays in the list, with the day, and is charged no more', async () => {
    const mine = await provet.keepCard();
    const gone = await provet.ask('DELETE', `/paymentmethods/${mine.paymentMethodId}`);
    assert.ok(gone.DeletedOn);
    const [listed] = await provet.ask('GET', `/paymentmethods/clientid=${mine.clientId}`);
    assert.equal(listed.DeletedOn, gone.DeletedOn);
    await assert.rejects(provet.charge(mine), /answered 404/);
  });

  it('is validated by a payment that no list shows', async () => {
    const mine = await provet.keepCard();
    assert.deepEqual(await provet.ask('GET', `/payment/clientid=${mine.clientId}`), []);
  });

  it('that pays for a plan has its holder warned, once, as its last month begins', async () => {
    const plan = { ...monthlyPlan, Interval: 'Yearly', Description: 'Yearly check of Rex' };
    const { Url } = await provet.ask('POST', '/wellness/subscription/', plan);
    const now = await provet.advance({ by: 'PT0S' });
    const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 2, 1));
    const expiry = `${last.toISOString().slice(5, 7)}${last.toISOString().slice(2, 4)}`;
    await payOnPage(Url, goodCard, 'pay', 'Bertil', expiry);
    const warnings = async (): Promise<string[]> => {
      const { body } = await sendJson(`${app.url}/v1/messages`, 'GET', app.native());
      const texts: string[] = body.data.map(({ text }: Json) => text);
      return texts.filter((text) => text.startsWith(plan.Description));
    };
    await provet.advance({ to: new Date(last.getTime() - 60_000).toISOString() });
    assert.deepEqual(await warnings(), []);
    await provet.advance({ by: 'PT2M' });
    await provet.advance({ by: 'P2D' });
    const [warning = '', ...more] = await warnings();
    assert.match(warning, /card ending in 11 expires this month\. .*\/plan\//);
    assert.deepEqual(more, []);
  });
});

describe('another merchant', () => {
  it('is told of nothing, in the words for what does not exist', async () => {
    const paid = await provet.charge(kept, { IsPreAuth: true });
    const unknown = crypto.randomUUID();
    const asks = (client: string, payment: string, method: string): [string, string, Json?][] => [
      ['GET', `/client/${client}`],
      ['PUT', '/client', { Id: client, FirstName: 'Eve' }],
      ['PUT', `/client/${client}`, { FirstName: 'Eve' }],
      ['POST', '/card', { RedirectUrl: 'https://clinic.example/', Client: { Id: client } }],
      ['POST', '/charge', { Amount: 1, ClientId: client, PaymentMethodId: method }],
      ['GET', `/refund/paymentId=${payment}&amount=1`],
      ['POST', '/refund', { PaymentId: payment, Amount: 1 }],
      ['GET', `/completepreauth/paymentId=${payment}&amount=1`],
      ['POST', '/completepreauth', { PaymentId: payment, Amount: 1 }],
      ['POST', '/wellness/subscription', { ...monthlyPlan, Client: { Id: client } }],
      ['GET', `/wellness/subscription/clientId=${client}`],
      ['PATCH', `/client/${client}/card`, { RedirectUrl: 'https://clinic.example/', Currency: 'AUD' }],
      ['GET', `/payment/${payment}`],
      ['GET', `/payment/clientid=${client}`],
      ['GET', `/paymentmethods/clientid=${client}`],
      ['DELETE', `/paymentmethods/${method}`],
    ];
    const foreign = asks(kept.clientId, paid.Id, kept.paymentMethodId);
    for (const [index, [method, path, body]] of asks(unknown, unknown, unknown).entries()) {
      const nobodys = await other.call(method, path, body);
      const [, foreignPath = '', foreignBody] = foreign[index] ?? [];
      const somebodys = await other.call(method, foreignPath, foreignBody);
      assert.equal(nobodys.status, 404, `${method} ${path}`);
      assert.deepEqual([somebodys.status, somebodys.text], [nobodys.status, nobodys.text]);
    }
  });
});
