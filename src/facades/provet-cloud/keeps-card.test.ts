import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import type { Json } from '#test/support/ping-client.ts';
import { provetClient } from '#test/support/provet-client.ts';
import { openPractice, type Practice } from '#test/support/provet-cloud.ts';
import { assertAuditGreen } from '#test/support/reconcile.ts';
import { declinedCard, openShop, type Shop } from '#test/support/shop.ts';

let app: TestApp;
let practice: Practice;
let shop: Shop;
/** What processors were sent. */
const sent: string[] = [];
before(async () => {
  app = await startTestApp({
    fetch: (url, init) => {
      sent.push(String(init?.body));
      return fetch(url, init);
    },
  });
  practice = openPractice(app);
  shop = openShop({ url: () => app.url, pingHeaders: {}, nativeHeaders: app.native(), merchantId: '' });
});
after(() => app.stop());

/** A client that nobody has had before. */
async function openClient(externalId: string): Promise<Json> {
  await practice.importPractice({ clients: [{ externalId, firstName: externalId }] });
  return readClient(externalId);
}

async function readClient(externalId: string): Promise<Json> {
  const { body } = await practice.call('GET', `/client/?external_id__is=${externalId}`);
  return body.results[0];
}

async function openLink(client: Json, tokenize: string, model = 'subscription'): Promise<string> {
  const body = practice.prepayment({}, { tokenize, recurring_model: model });
  body.prepayment_data.client_id = client.id;
  const made = await practice.call('POST', '/postransaction/', body);
  assert.equal(made.status, 200, made.text);
  return made.body.payment_link.url;
}

async function pay(url: string, fields: Record<string, string>, card?: string): Promise<void> {
  await shop.visit(await shop.enterCard(await shop.pressPay(url, 'card', undefined, fields), card));
}

const box = /<input type="checkbox" name="keep"(?![^>]*checked)/;
const keep = { keep: 'yes' };

/** What stands in the client's account of the Provet Payment API. */
async function cardsOf(name: string): Promise<Json[]> {
  const { payment_client: clientId } = await readClient(name);
  if (clientId === null) return [];
  return provetClient(app).ask('GET', `/paymentmethods/clientid=${clientId}`);
}

describe('a card that is entered for a payment link', () => {
  it('is kept where its holder is asked and says yes, and can be charged by the Provet Payment API', async () => {
    const client = await openClient('asked-and-willing');
    assert.equal(client.payment_client, null);
    const url = await openLink(client, 'ask');
    assert.match(await (await fetch(url)).text(), box);
    await pay(url, keep, declinedCard);
    assert.deepEqual(await cardsOf('asked-and-willing'), []);
    await pay(url, keep);
    const [card, ...others] = await cardsOf('asked-and-willing');
    assert.equal(others.length, 0);
    const { payment_client: clientId } = await readClient('asked-and-willing');
    const kept = { clientId, paymentMethodId: card?.Id };
    const charged = await provetClient(app).charge(kept, { Currency: 'SEK' });
    assert.deepEqual([charged.Success, charged.Type], [true, 'Purchase']);
    await assertAuditGreen(app.app.core.database);
  });

  it('is not kept where its holder is asked and does not say yes, and the link is paid all the same', async () => {
    const client = await openClient('asked-and-unwilling');
    const url = await openLink(client, 'ask');
    await pay(url, { keep: 'no' });
    assert.deepEqual(await cardsOf('asked-and-unwilling'), []);
    const { body } = await practice.call('GET', '/postransaction/?ordering=-id&page_size=1');
    assert.equal(body.results[0].payment_link.payment_status, 5);
  });

  it('is kept without a box where the practice has the consent, which the page then says', async () => {
    const client = await openClient('agreed-before');
    const url = await openLink(client, 'yes', 'one-off');
    const page = await (await fetch(`${url}?language=en`)).text();
    assert.doesNotMatch(page, box);
    assert.match(page, /Your card is saved for later payments/);
    await pay(url, {});
    await pay(await openLink(client, 'yes', 'one-off'), {});
    assert.equal((await cardsOf('agreed-before')).length, 2, 'one client has one account for all cards');
  });

  it('is told to the processor for a series where the model is subscription, else for single charges', async () => {
    const client = await openClient('modelled');
    const modes = { subscription: 'recurringinitial', 'one-off': 'unscheduledcredentialonfileinitial' };
    for (const [model, mode] of Object.entries(modes)) {
      sent.length = 0;
      await shop.pressPay(await openLink(client, 'yes', model), 'card');
      const [request, ...others] = sent.filter((body) => body.includes('<GenerateRequest>'));
      assert.equal(others.length, 0);
      assert.match(request ?? '', new RegExp(`<RecurringMode>${mode}</RecurringMode>`));
      assert.match(request ?? '', /<EnableAddBillCard>1</);
    }
    sent.length = 0;
    await shop.pressPay(await openLink(client, 'no'), 'card');
    assert.doesNotMatch(sent.join(), /RecurringMode|EnableAddBillCard>1/);
  });

  it('is never kept where nobody asked for it, whatever is posted', async () => {
    const client = await openClient('not-asked');
    const url = await openLink(client, 'no');
    assert.doesNotMatch(await (await fetch(url)).text(), /name="keep"/);
    await pay(url, keep);
    assert.equal((await readClient('not-asked')).payment_client, null);
  });
});
