import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import type { PageRequest } from '#kit/connector.ts';
import { errorMeanings } from './codes.ts';
import { account, amount, base, fixture, type Json, openAs, openOver, purchase } from './stub-network.ts';

const page: PageRequest = {
  ...purchase,
  kind: 'purchase',
  storeCard: false,
  returnUrl: 'https://shop.example/return',
  expiresAt: new Date('2026-03-02T09:29:00Z'),
};
const checkoutId = '7d1c6b0e-52a3-4a0e-9a57-0b7f6a1d2c33';
const back = new URLSearchParams({ checkout_id: checkoutId });

/** The paid checkout of the fixture with something else in it. */
function checkout(replaced: object = {}, details: object = {}): Json {
  const paid = fixture('checkout-paid.json');
  const [failed, success] = paid.events;
  return {
    ...paid,
    events: [failed, { ...success, details: { ...success.details, ...details } }],
    ...replaced,
  };
}

function failures(count: number): Json {
  const [failed] = fixture('checkout-paid.json').events;
  const { transaction_id: _none, ...unpaid } = fixture('checkout-paid.json');
  return { ...unpaid, status: 'INITIATED', events: Array.from({ length: count }, () => failed) };
}

async function readOutcome(...answers: readonly Json[]) {
  const reading = await openOver(...answers.map((answer) => [200, answer] as const)).processor.readReturn(
    back,
  );
  return reading.kind === 'read' ? reading.outcome : reading;
}

describe('opening a page at Verifone', () => {
  it('asks for the amount, under our reference, until our expiry, with 3-D Secure', async () => {
    const { sent, processor } = openOver([200, fixture('checkout-created.json')]);
    const opened = await processor.openPage(page);
    assert.deepEqual(opened, { kind: 'opened', url: fixture('checkout-created.json').url });
    const [request] = sent;
    assert.equal(`${request?.method} ${request?.url}`, `POST ${base}/oidc/checkout-service/v2/checkout`);
    assert.equal(
      request?.headers.authorization,
      `Basic ${Buffer.from(`${account.userId}:${account.apiKey}`).toString('base64')}`,
    );
    assert.deepEqual(request?.body, {
      entity_id: account.entityId,
      currency_code: 'AUD',
      amount: 2500,
      merchant_reference: 'REFERENCE0000001',
      return_url: 'https://shop.example/return',
      expiry_time: '2026-03-02T09:29:00.000Z',
      interaction_type: 'HPP',
      configurations: {
        card: {
          mode: '3DS_PAYMENT',
          payment_contract_id: account.paymentContractId,
          capture_now: true,
          threed_secure: {
            enabled: true,
            threeds_contract_id: account.threeDsContractId,
            transaction_mode: 'S',
          },
        },
      },
      line_items: [{ name: 'Grain-free kibble', quantity: 1, total_amount: 2500 }],
    });
  });

  it('takes cards without 3-D Secure where there is no contract for it', async () => {
    const { sent, processor } = openAs({ ...account, threeDsContractId: '' }, [
      200,
      fixture('checkout-created.json'),
    ]);
    assert.equal((await processor.openPage(page)).kind, 'opened');
    assert.deepEqual(sent[0]?.body.configurations.card, {
      mode: 'PAYMENT',
      payment_contract_id: account.paymentContractId,
      capture_now: true,
    });
  });

  it('sends no payer to an origin that was not set up', async () => {
    const elsewhere = { ...fixture('checkout-created.json'), url: 'https://verifone.example/pay/1' };
    assert.equal((await openOver([200, elsewhere]).processor.openPage(page)).kind, 'unknown');
  });

  it('reads every documented error as what it means, and any other as unknown', async () => {
    for (const [code, meaning] of Object.entries(errorMeanings)) {
      const error = { code: Number(code), message: 'Because', details: {}, timestamp: '' };
      const outcome = await openOver([403, error]).processor.openPage(page);
      assert.equal(outcome.kind, meaning === 'unknown' ? 'unknown' : 'declined', code);
    }
    for (const [status, document] of [
      [403, { code: 999 }],
      [400, 'not JSON'],
      [500, { code: 107 }],
      [204, {}],
    ] as const) {
      const outcome = await openOver([status, document])
        .processor.openPage(page)
        .catch(() => undefined);
      assert.equal(outcome?.kind ?? 'unknown', 'unknown', `${status}`);
    }
  });
});

describe('coming back from Verifone', () => {
  it('reads the documented success, whatever was tried before it', async () => {
    assert.deepEqual(await readOutcome(fixture('checkout-paid.json')), {
      kind: 'approved',
      processorReference: 'e88a4127-4c9c-41b3-b0c0-6255ebbea8a7',
      amount,
      code: '00',
      authorisationCode: '743929',
    });
  });

  it('approves nothing that is not plainly a charge', async () => {
    for (const details of [
      { status: 'DECLINED' },
      { status: 'PENDING' },
      { status: undefined },
      { reversalStatus: 'COMPLETED' },
      { id: '' },
      { id: 'another-transaction' },
    ]) {
      assert.equal((await readOutcome(checkout({}, details))).kind, 'unknown', inspect(details));
    }
    assert.equal((await readOutcome(checkout({ events: [] }))).kind, 'unknown');
  });

  it('believes no answer about another organisation, checkout or currency', async () => {
    for (const replaced of [
      { entity_id: 'someone-else' },
      { id: '00000000-0000-4000-8000-000000000000' },
      { merchant_reference: '' },
      { amount: 25.5 },
      { amount: '2500' },
      { currency_code: 'XXX' },
      { events: {} },
      { created_at: 'yesterday' },
    ]) {
      assert.equal((await readOutcome(checkout(replaced))).kind, 'unavailable', inspect(replaced));
    }
  });

  it('waits while the page takes cards, and is declined when three have failed', async () => {
    assert.equal((await readOutcome(failures(0))).kind, 'waiting');
    assert.equal((await readOutcome(failures(2))).kind, 'waiting');
    assert.deepEqual(await readOutcome(failures(3)), {
      kind: 'declined',
      code: '51',
      message: 'Declined',
      cause: 'processor',
    });
  });

  it('closes the page a payer has left, and asks again before it says so', async () => {
    const left = new URLSearchParams({ checkout_id: checkoutId, errorCode: 'CANCELLED' });
    const open = failures(0);
    const closed = { ...open, expiry_time: open.created_at };
    const { sent, processor } = openOver([200, open], [200, closed]);
    const reading = await processor.readReturn(left);
    assert.deepEqual(
      sent.map(({ method, body }) => [method, body]),
      [
        ['GET', undefined],
        ['PATCH', { expiry_time: open.created_at }],
        ['GET', undefined],
      ],
    );
    assert.equal(reading.kind === 'read' && reading.outcome.kind, 'declined');
    const paid = openOver([200, open], [403, { code: 168 }], [200, fixture('checkout-paid.json')]);
    const late = await paid.processor.readReturn(left);
    assert.equal(late.kind === 'read' && late.outcome.kind, 'approved');
    const still = openOver([200, open], [500, ''], [200, open]);
    const undecided = await still.processor.readReturn(left);
    assert.equal(undecided.kind === 'read' && undecided.outcome.kind, 'waiting');
  });

  it('closes nothing for a payer who brings no error', async () => {
    const { sent, processor } = openOver([200, failures(0)]);
    await processor.readReturn(back);
    assert.equal(sent.length, 1);
  });

  it('asks nothing about an address that cannot be its own, and calls an unknown checkout foreign', async () => {
    for (const query of [
      '',
      'checkout_id=',
      'checkout_id=../v2',
      `checkout_id=${checkoutId}&checkoutId=x1234567`,
    ]) {
      const { sent, processor } = openOver([200, fixture('checkout-paid.json')]);
      assert.deepEqual(await processor.readReturn(new URLSearchParams(query)), { kind: 'foreign' });
      assert.equal(sent.length, 0);
    }
    const none = openOver([404, { code: 109, message: 'Resource not found' }]);
    assert.deepEqual(await none.processor.readReturn(back), { kind: 'foreign' });
    assert.equal((await openOver([404, 'no page']).processor.readReturn(back)).kind, 'unavailable');
  });
});

describe('asking Verifone about our reference', () => {
  const inquire = (...found: readonly Json[]) => openOver([200, found]).processor.inquire(purchase);

  it('searches by the reference, and finds what was paid among what was not', async () => {
    const { sent, processor } = openOver([200, [failures(1), fixture('checkout-paid.json')]]);
    assert.equal((await processor.inquire(purchase)).kind, 'approved');
    assert.equal(
      new URL(sent[0]?.url ?? '').searchParams.get('search'),
      'merchant_reference==REFERENCE0000001',
    );
  });

  it('has no record where nobody paid, and a decline where nobody can any more', async () => {
    assert.deepEqual(await inquire(), { kind: 'not-found' });
    assert.deepEqual(await inquire(failures(2)), { kind: 'not-found' });
    assert.equal((await inquire(failures(3))).kind, 'declined');
    assert.deepEqual(await inquire(failures(3), failures(0)), { kind: 'not-found' });
  });

  it('is unknown where two were paid, and where one is not ours', async () => {
    const paid = fixture('checkout-paid.json');
    assert.equal((await inquire(paid, paid)).kind, 'unknown');
    assert.equal((await inquire(paid, checkout({ merchant_reference: 'OTHER' }))).kind, 'unknown');
    assert.equal((await inquire(checkout({ amount: 2501 }))).kind, 'unknown');
    assert.equal((await openOver([401, { code: 116 }]).processor.inquire(purchase)).kind, 'unknown');
    assert.equal((await openOver([200, paid]).processor.inquire(purchase)).kind, 'unknown');
  });
});
