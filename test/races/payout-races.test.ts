/** Races over payouts, on two servers: each ends in one winner, and books that agree. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Cluster } from '#test/support/postgres-cluster.ts';
import { assertAuditGreen } from '#test/support/reconcile.ts';
import { ask } from '#test/support/shop.ts';
import { findPostgres, runTrials, startTwoServers, type TwoServers } from './two-servers.ts';

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire is judged by the assertions.
type Json = any;

interface Reply {
  readonly status: number;
  readonly body: Json;
}

const postgres = await findPostgres();

if (postgres === undefined)
  it('payout races need PostgreSQL 15 or newer: install it, or set TEST_DATABASE_URL, and they are run', () => {
    console.error('NO RACES WERE RUN: there is no PostgreSQL on this machine.');
  });
else describeRaces(postgres);

function describeRaces(cluster: Pick<Cluster, 'url' | 'stop'>): void {
  describe('races over payouts', () => {
    let servers: TwoServers;
    let payers: readonly [Payer, Payer];
    let holders: readonly [Payer, Payer];
    before(async () => {
      servers = await startTwoServers(cluster.url);
      payers = [await openPayer(servers.urls[0], 'optum'), await openPayer(servers.urls[1], 'optum')];
      holders = [
        await openPayer(servers.urls[0], 'optumHold'),
        await openPayer(servers.urls[1], 'optumHold'),
      ];
    });
    after(async () => {
      await servers.stop();
      await cluster.stop();
    });

    it('a payment that is ordered many times at once is one payment', async () => {
      await runTrials(async (width, id) => {
        const replies = await together(payers, width, (one) => one.order('ACH', id));
        assert.equal(new Set(replies.map(({ body }) => body.paymentId)).size, 1);
        assert.equal(replies.filter(({ status }) => status === 201).length, 1);
      });
    });

    it('a payment that is voided many times at once is voided once', async () => {
      await runTrials(async (width, id) => {
        const paymentId = await payers[0].openUntil('ACH', id, 'Requested');
        const replies = await together(payers, width, (one) => one.act(paymentId, 'void'));
        assert.deepEqual(counted(replies), { won: 1, lost: width - 1 });
      });
    });

    it('a payment that is reissued many times at once is reissued once', async () => {
      await runTrials(async (width, id) => {
        const paymentId = await payers[0].openUntil('ACH', id, 'Requested');
        await payers[0].act(paymentId, 'void');
        const replies = await together(payers, width, (one) => one.act(paymentId, 'reissue'));
        assert.deepEqual(counted(replies), { won: 1, lost: width - 1 });
        assert.equal((await payers[0].details(paymentId)).attempts.length, 2);
      });
    });

    it('a payment that is released many times at once is released once', async () => {
      await runTrials(async (width, id) => {
        const paymentId = await holders[0].openUntil('ACH', id, 'Held');
        const replies = await together(holders, width, (one) => one.act(paymentId, 'release'));
        assert.deepEqual(counted(replies), { won: 1, lost: width - 1 });
      });
    });

    it('a held payment is either released or declined, and never both', async () => {
      await runTrials(async (width, id) => {
        const paymentId = await holders[0].openUntil('ACH', id, 'Held');
        const replies = await together(holders, width, (one, index) =>
          declines(index) ? one.decline(paymentId) : one.act(paymentId, 'release'),
        );
        assert.deepEqual(counted(replies), { won: 1, lost: width - 1 });
        const winner = replies.findIndex(({ status }) => status === 200);
        const { statusHistory, balance } = await holders[0].details(paymentId);
        const declined = statusHistory[2].status === 'Voided';
        assert.equal(declined, declines(winner));
        assert.equal(balance.voided, declined ? balance.amount : 0);
      }, usually);
    });

    it('a check is either voided or cashed, and its balance says which', async () => {
      await runTrials(async (width, id) => {
        const paymentId = await payers[0].openUntil('CHECK', id, 'Sent');
        const { checkNumber } = (await payers[0].details(paymentId)).delivery;
        const cash = `${servers.simulatorUrl}/rails/check/${checkNumber}/cash`;
        const replies = await together(payers, width, async (one, index) =>
          index === 1 ? send(cash, 'POST', {}) : one.act(paymentId, 'void'),
        );
        const cashed = replies[1]?.status === 200;
        const voided = replies.filter(({ status }, index) => index !== 1 && status === 200).length;
        assert.ok(voided <= 1);
        const { balance } = await payers[0].detailsOnce(paymentId, (one) => one.balance.available === 0);
        assert.equal(balance.cleared + balance.voided, balance.amount);
        if (voided === 0) assert.ok(cashed && balance.cleared === balance.amount);
        else assert.equal(balance.voided, balance.amount);
      });
    });

    it('leave books that agree with themselves', async () => {
      await assertAuditGreen(servers.database);
    });
  });
}

/** Trials of a race whose every one waits for its payment to be held. */
const usually = { usually: 25 };

/** Half of them, and half of those at each server. */
const declines = (index: number): boolean => (index + Math.floor(index / 2)) % 2 === 1;

interface Payer {
  order(method: 'ACH' | 'CHECK', id: string): Promise<Reply>;
  act(paymentId: string, action: string): Promise<Reply>;
  /** Declines a held payment, as the operator does: over the native API. */
  decline(paymentId: string): Promise<Reply>;
  details(paymentId: string): Promise<Json>;
  /** The details once they are as wished. */
  detailsOnce(paymentId: string, isIt: (details: Json) => boolean): Promise<Json>;
  /** Orders a payment and waits until it has this status. */
  openUntil(method: 'ACH' | 'CHECK', id: string, status: string): Promise<string>;
}

async function openPayer(url: string, entry: 'optum' | 'optumHold'): Promise<Payer> {
  const demo = (await send(`${url}/demo.json`, 'GET', {})).body;
  const { headers } = demo.tenants[0][entry];
  const call = (method: string, path: string, body?: unknown) =>
    send(`${url}/api/issue/v1/payments${path}`, method, headers, body);
  const details = async (id: string): Promise<Json> => (await call('GET', `/${id}/details`)).body;
  const detailsOnce = async (id: string, isIt: (one: Json) => boolean): Promise<Json> => {
    const giveUp = AbortSignal.timeout(180_000);
    for (;;) {
      const found = await details(id);
      if (isIt(found)) return found;
      if (giveUp.aborted) throw new Error(`${id} is ${found.status}: ${JSON.stringify(found.balance)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  const order: Payer['order'] = (method, id) =>
    call('POST', '', {
      issuerReferenceId: id,
      amount: 10_000,
      paymentDetails: { deliveryMethod: method },
      payeeDetails: {
        name: 'MAIN STREET CLINIC',
        address: { line1: '200 MAIN ST', city: 'TULSA', state: 'OK', postalCode: '74103' },
        bankAccount: { routingNumber: '231380104', accountNumber: '744567899' },
      },
    });
  return {
    order,
    decline: (id) =>
      send(`${url}/v1/payouts/${id}/decline`, 'POST', demo.tenants[0].native.headers, { reason: 'no' }),
    act: (id, action) => call('POST', `/${id}/${action}`, {}),
    details,
    detailsOnce,
    openUntil: async (method, id, status) => {
      const { body } = await order(method, id);
      await detailsOnce(body.paymentId, (one) => one.status === status);
      return body.paymentId;
    },
  };
}

async function send(
  url: string,
  method: string,
  headers: Record<string, string>,
  body?: unknown,
): Promise<Reply> {
  const answer = await ask(url, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(180_000),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

/** Sends `width` requests at once, every other one to the other server. No answer may blame the server. */
async function together(
  payers: readonly [Payer, Payer],
  width: number,
  ask: (payer: Payer, index: number) => Promise<Reply>,
): Promise<Reply[]> {
  const replies = await Promise.all(
    Array.from({ length: width }, (_, index) => ask(index % 2 === 0 ? payers[0] : payers[1], index)),
  );
  for (const { status, body } of replies) assert.ok(status < 500, JSON.stringify(body));
  return replies;
}

function counted(replies: readonly Reply[]): { won: number; lost: number } {
  return {
    won: replies.filter(({ status }) => status === 200).length,
    lost: replies.filter(({ status }) => status === 409).length,
  };
}
