import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Inquiry, OperationRequest, Processor } from '#kit/connector.ts';
import { currency } from '#kit/currency.ts';
import { randomIds } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import { overFetch } from '../over-fetch.ts';
import { readCode, swishCodes } from './codes.ts';
import { setup } from './contract-setup.ts';
import { connector } from './index.ts';
import { instructionIdOf } from './instruction-id.ts';
import { toMessage } from './message.ts';

const sek = currency('SEK');
const purchase: OperationRequest = {
  kind: 'purchase',
  reference: 'REFERENCE0000001',
  amount: money(14_000n, sek),
  description: 'Djurkliniken',
  notification: { url: 'https://pay.example.com/return', identifier: 'f'.repeat(32) },
};
const refund: OperationRequest = {
  ...purchase,
  kind: 'refund',
  originalReference: '6D6CD7406ECE4542A80152D909EF9F6B',
};
const id = instructionIdOf(purchase.reference);

/** A fixture as it would come for our reference, with some of its text replaced. */
function fixture(name: string, ...changes: readonly (readonly [string, string])[]): string {
  const text = readFileSync(join(import.meta.dirname, 'fixtures', `${name}.json`), 'utf8');
  return changes.reduce(
    (changed, [from, to]) => {
      assert.ok(changed.includes(from), from);
      return changed.replace(from, to);
    },
    text.replace('53A6E30FA9774A829DEC40C44CF0C8C2', id),
  );
}

interface Sent {
  readonly url: string;
  readonly method: string;
  readonly body: Record<string, unknown>;
}

/** The connector, over a network on which every answer is the same. */
function openOver(status: number, body = '', headers: Record<string, string> = {}) {
  const sent: Sent[] = [];
  const network = overFetch(async (url, init) => {
    sent.push({ url, method: init.method, body: JSON.parse(init.body ?? '{}') });
    return new Response(body, { status, headers });
  }, 200);
  const processor = connector.open(setup.account('https://cpc.getswish.net'), network);
  return { ...(processor as Required<Processor>), sent };
}

const made = { location: `https://cpc.getswish.net/swish-cpcapi/api/v1/paymentrequests/${id}` };

describe('Swish’s answer to a request', () => {
  it('is waiting, with what opens the app, where a token came with it', async () => {
    const { send, sent } = openOver(201, '', {
      ...made,
      paymentrequesttoken: 'c28a4061470f4af48973bd2a4642b4fa',
    });
    assert.deepEqual(await send(purchase), {
      kind: 'waiting',
      pageUrl:
        'swish://paymentrequest?token=c28a4061470f4af48973bd2a4642b4fa&callbackurl=https%3A%2F%2Fpay.example.com%2Freturn',
    });
    assert.deepEqual(sent, [
      {
        url: `https://cpc.getswish.net/swish-cpcapi/api/v2/paymentrequests/${id}`,
        method: 'PUT',
        body: {
          payeePaymentReference: 'REFERENCE0000001',
          callbackUrl: 'https://pay.example.com/return',
          callbackIdentifier: 'f'.repeat(32),
          payeeAlias: '1231181189',
          amount: '140.00',
          currency: 'SEK',
          message: 'Djurkliniken',
        },
      },
    ]);
  });

  it('is waiting without one where the payer is asked by phone number', async () => {
    const { send, sent } = openOver(201, '', made);
    assert.deepEqual(await send({ ...purchase, parameters: { phone_number: '+46700000000' } }), {
      kind: 'waiting',
    });
    assert.equal(sent[0]?.body.payerAlias, '46700000000');
  });

  it('is unknown where it is not about our instruction, has no token, or is no answer of theirs', async () => {
    const strangers = {
      ...made,
      location: made.location.replace(id, '0'.repeat(32)),
      paymentrequesttoken: 'a'.repeat(32),
    };
    for (const over of [
      openOver(201, '', strangers),
      openOver(201, '', made),
      openOver(201),
      openOver(200, '{}', made),
      openOver(302, '', { location: 'https://elsewhere.example' }),
      openOver(404),
      openOver(422, '[]'),
      openOver(422, '{"errorCode":"RF07"}'),
      openOver(422, '[{"errorCode":"XX99"}]'),
      openOver(422, 'no JSON'),
      openOver(429),
      openOver(500),
    ])
      assert.equal((await over.send(purchase)).kind, 'unknown');
  });

  it('is a refusal by its code, of the request as such where Swish did not look at it', async () => {
    const refused = await openOver(422, '[{"errorCode":"ACMT03","errorMessage":"secret"}]').send(purchase);
    assert.deepEqual(refused, {
      kind: 'declined',
      cause: 'processor',
      code: 'ACMT03',
      message: 'The payer has no Swish',
    });
    for (const status of [400, 401, 403, 415]) {
      const outcome = await openOver(status).send(purchase);
      assert.equal(outcome.kind === 'declined' && outcome.cause, 'request');
    }
  });

  it('is not even asked for where the currency is not SEK or the movement is none of Swish’s', async () => {
    const { send, sent } = openOver(201);
    assert.equal((await send({ ...purchase, amount: money(100n, currency('EUR')) })).kind, 'declined');
    assert.equal((await send({ ...purchase, kind: 'auth' })).kind, 'declined');
    assert.deepEqual(sent, []);
  });
});

describe('what Swish says of a payment', () => {
  const ask = (body: string): Promise<Inquiry> => openOver(200, body).inquire(purchase);

  it('is an approval with the bank’s reference when it is paid', async () => {
    assert.deepEqual(await ask(fixture('payment-paid')), {
      kind: 'approved',
      processorReference: '1E2FC19E5E5E4E18916609B7F8911C12',
      amount: purchase.amount,
      code: 'PAID',
    });
  });

  it('is unknown when anything in it speaks against an approval of what was asked', async () => {
    for (const change of [
      [id, '0'.repeat(32)],
      ['REFERENCE0000001', 'REFERENCE0000002'],
      ['140.00', '140.01'],
      ['140.00', '140.001'],
      ['140.00', '1.4e2'],
      ['140.00', '14000'],
      ['"SEK"', '"NOK"'],
      ['"PAID"', '"paid"'],
      ['"1E2FC19E5E5E4E18916609B7F8911C12"', 'null'],
    ] as const)
      assert.equal((await ask(fixture('payment-paid', change))).kind, 'unknown', change.join(' → '));
    for (const body of ['', '[]', 'null', '"PAID"', fixture('payment-paid').slice(0, -10)])
      assert.equal((await ask(body)).kind, 'unknown', body);
  });

  it('reads amounts as they are written, in any of JSON’s ways to write two decimals', async () => {
    for (const amount of ['140', '140.0', '140.00', '140.000', '"140.00"'])
      assert.equal((await ask(fixture('payment-paid', ['140.00', amount]))).kind, 'approved', amount);
  });

  it('is each status as what it is', async () => {
    const kinds: Record<string, string> = { CREATED: 'waiting', DECLINED: 'processor', CANCELLED: 'payer' };
    for (const [status, expected] of Object.entries(kinds)) {
      const inquiry = await ask(fixture('payment-paid', ['"PAID"', `"${status}"`]));
      assert.equal(inquiry.kind === 'declined' ? inquiry.cause : inquiry.kind, expected);
    }
  });

  it('is, of an error, what its code means; an unknown end stays unknown', async () => {
    for (const code of swishCodes) {
      const body = fixture(
        'payment-paid',
        ['"PAID"', '"ERROR"'],
        ['"errorCode": null', `"errorCode": "${code}"`],
      );
      const inquiry = await ask(body);
      const { means } = readCode(code) ?? {};
      assert.equal(inquiry.kind === 'declined' ? inquiry.cause : 'undecided', means, code);
    }
    for (const code of ['DS24', 'ZZ99', '']) {
      const body = fixture(
        'payment-paid',
        ['"PAID"', '"ERROR"'],
        ['"errorCode": null', `"errorCode": "${code}"`],
      );
      assert.equal((await ask(body)).kind, 'unknown', code);
    }
  });

  it('is "not found" for an empty 404 alone', async () => {
    assert.deepEqual(await openOver(404).inquire(purchase), { kind: 'not-found' });
    assert.equal((await openOver(404, '<html>').inquire(purchase)).kind, 'unknown');
    for (const status of [401, 403, 500])
      assert.equal((await openOver(status).inquire(purchase)).kind, 'unknown');
  });

  it('is, of a refund, waiting until it is paid, and then known by our own instruction', async () => {
    const { inquire, sent } = openOver(200, fixture('refund-paid'));
    const inquiry = await inquire(refund);
    assert.equal(inquiry.kind === 'approved' && inquiry.processorReference, id);
    assert.equal(sent[0]?.url, `https://cpc.getswish.net/swish-cpcapi/api/v1/refunds/${id}`);
    for (const status of ['INITIATED', 'VALIDATED', 'DEBITED'])
      assert.equal(
        (await openOver(200, fixture('refund-paid', ['"PAID"', `"${status}"`])).inquire(refund)).kind,
        'waiting',
      );
  });
});

describe('a cancel', () => {
  it('is a JSON patch, and the end of the payment as Swish then shows it', async () => {
    const { cancel, sent } = openOver(200, fixture('payment-paid', ['"PAID"', '"CANCELLED"']));
    const inquiry = await cancel(purchase);
    assert.equal(inquiry.kind === 'declined' && inquiry.cause, 'payer');
    assert.deepEqual(sent, [
      {
        url: made.location,
        method: 'PATCH',
        body: [{ op: 'replace', path: '/status', value: 'cancelled' }],
      },
    ]);
    assert.equal((await openOver(422, '[{"errorCode":"RP07"}]').cancel(purchase)).kind, 'unknown');
  });
});

describe('a notification', () => {
  it('means our movement only with the identifier that went with it', () => {
    const { isNotification } = openOver(200);
    const identifier = purchase.notification?.identifier ?? '';
    const body = fixture('payment-paid');
    assert.equal(isNotification({ headers: { callbackidentifier: identifier }, body }, purchase), true);
    for (const headers of [{}, { callbackidentifier: '' }, { callbackidentifier: 'e'.repeat(32) }])
      assert.equal(isNotification({ headers, body }, purchase), false);
  });
});

describe('what goes to Swish', () => {
  it('is an instruction id that follows from our reference, as the only one of its', () => {
    const references = Array.from({ length: 1_000 }, () => randomIds.reference());
    const ids = references.map(instructionIdOf);
    assert.equal(new Set(ids).size, references.length);
    for (const one of ids) assert.match(one, /^[0-9A-F]{12}4[0-9A-F]{3}[89AB][0-9A-F]{15}$/);
    assert.deepEqual(references.map(instructionIdOf), ids);
  });

  it('is a message of at most fifty of the signs Swish takes', () => {
    assert.equal(toMessage('  Café Ærø & Söner: 12 kr/st — “bra” 犬 '), 'Cafe r Söner: 12 kr st bra');
    assert.equal(toMessage('å'.repeat(80)).length, 50);
    assert.equal(toMessage('A\u030Angstro\u0308m'), 'Ångström');
  });
});

describe('a Swish account', () => {
  it('is refused, without repeating the value, when a field cannot be used', () => {
    const fields = setup.account('https://cpc.getswish.net');
    for (const [name, changes] of Object.entries({
      payeeAlias: { payeeAlias: '123 canary' },
      baseUrl: { baseUrl: 'ftp://canary.example' },
      certificate: { certificate: '', key: '' },
      key: { key: 'canary' },
      authority: { authority: 'canary' },
    })) {
      const open = () => connector.open({ ...fields, ...changes }, overFetch(fetch, 1));
      assert.throws(
        open,
        (error: Error) => error.message.includes(name) && !error.message.includes('canary'),
      );
    }
    const others = { certificate: fields.authority ?? '' };
    assert.throws(() => connector.open({ ...fields, ...others }, overFetch(fetch, 1)), /not the private key/);
  });

  it('needs no certificate where the other side has no TLS, and none of its own authority', () => {
    const plain = { payeeAlias: '1231181189', baseUrl: 'http://localhost:4001' };
    connector.open(plain, overFetch(fetch, 1));
    connector.open({ ...setup.account('https://cpc.getswish.net'), authority: '' }, overFetch(fetch, 1));
  });
});
