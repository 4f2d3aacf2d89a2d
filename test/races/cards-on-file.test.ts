/** Kept cards between two servers: refunds and Completes that meet, and plans that are due while servers stop and die. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { countBilled, makeDue } from '#test/support/due-plans.ts';
import { type Answer, type Json, payOnPage, sendJson } from '#test/support/ping-client.ts';
import { goodCard, monthlyPlan } from '#test/support/provet-client.ts';
import { assertAuditGreen, assertBooksAgree, readBook, readOperations } from '#test/support/reconcile.ts';
import { findPostgres, startTwoServers, type TwoServers } from './two-servers.ts';

/** How often each race is run, and how many plans are due at once. The bars are a hundred and a thousand. */
const trials = Number(process.env.RACE_TRIALS ?? 5);
const duePlans = Number(process.env.DUE_PLANS ?? 60);

/** Plans two schedulers can have under way: more than one of them takes at a time. */
const underWay = Math.min(duePlans, 64);

/** Beyond this nobody is still working: something hangs. */
const patienceMs = Math.max(180_000, duePlans * 300);

const postgres = await findPostgres();

if (postgres === undefined) {
  it('races of kept cards need PostgreSQL 15 or newer: install it, or set TEST_DATABASE_URL', () => {
    console.error('NO RACES OF KEPT CARDS WERE RUN: there is no PostgreSQL on this machine.');
  });
} else {
  const servers = await startTwoServers(postgres.url);
  after(async () => {
    servers.processes[0].child.kill('SIGCONT');
    await servers.stop();
    await postgres.stop();
  });
  describe('between two servers on one database', () => defineRaces(servers));
}

function defineRaces({ urls, processes, simulatorUrl, database }: TwoServers): void {
  const open = async (): Promise<Json> => {
    const { tenants }: Json = await (await fetch(`${urls[0]}/demo.json`)).json();
    const { base, headers } = tenants[0].provetPayments;
    /** Asks one server or the other. */
    const ask = (method: string, path: string, body?: unknown, server = 0): Promise<Answer> =>
      sendJson(`${urls[server % 2]}${new URL(base).pathname}${path}`, method, headers, body);
    const made = await ask('POST', '/wellness/subscription', monthlyPlan);
    await payOnPage(made.body.Url, goodCard);
    const { body: plan } = await ask('GET', `/wellness/subscription/${made.body.SubscriptionId}`);
    const charge = async (fields: Json): Promise<string> => {
      const kept = { Currency: 'AUD', ClientId: plan.ClientId, PaymentMethodId: plan.PaymentMethodId };
      const { body } = await ask('POST', '/charge', { ...kept, Amount: 100, ...fields });
      assert.equal(body.Success, true);
      return body.Id;
    };
    return { ask, charge, plan };
  };
  const clinic = open();
  clinic.catch(() => undefined);

  const cents = (amounts: readonly number[]): number =>
    amounts.reduce((sum, amount) => sum + Math.round(amount * 100), 0);

  it('refunds of about a tenth each never come to more than was charged', async () => {
    const { ask, charge } = await clinic;
    for (let trial = 0; trial < trials; trial += 1) {
      const paymentId = await charge({});
      const answers: Answer[] = await Promise.all(
        Array.from({ length: 64 }, (_, index) => {
          const amount = (970 + index) / 100;
          return index % 4 < 2
            ? ask('GET', `/refund/paymentId=${paymentId}&amount=${amount}`, undefined, index)
            : ask('POST', '/refund', { PaymentId: paymentId, Amount: amount }, index);
        }),
      );
      const given = answers.filter(({ status, body }) => status === 200 && body.Success);
      const refused = answers.filter(({ body }) => body.Error?.Code === 'amount_exceeds_available');
      assert.equal(given.length + refused.length, 64, answers.map(({ text }) => text).join('\n'));
      assert.ok(given.length === 9 || given.length === 10, `${given.length} were given`);
      const [payment] = await database.query<{ refunded: bigint; refunding: bigint }>(
        'select refunded, refunding from payments where id = $1',
        [paymentId],
      );
      assert.deepEqual(payment, {
        refunded: BigInt(cents(given.map(({ body }) => body.Amount))),
        refunding: 0n,
      });
      assert.ok((payment?.refunded ?? 0n) <= 10_000n);
    }
  });

  it('of Completes that race one another one takes the funds', async () => {
    const { ask, charge } = await clinic;
    for (let trial = 0; trial < trials; trial += 1) {
      const paymentId = await charge({ IsPreAuth: true });
      const answers: Answer[] = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          ask('GET', `/completepreauth/paymentId=${paymentId}&amount=${100 - index}`, undefined, index),
        ),
      );
      const won = answers.filter(({ status, body }) => status === 200 && body.Success);
      assert.equal(won.length, 1, answers.map(({ text }) => text).join('\n'));
      assert.ok(answers.every((answer) => won.includes(answer) || answer.status === 409));
    }
  });

  /** Has plans fall due while the processor is slow to answer, and waits until it has heard of both servers. */
  const fallDue = async (): Promise<string[]> => {
    const { plan } = await clinic;
    const slow = { kind: 'act-then-delay', delayMs: 4_000, times: duePlans, request: 'purchase' };
    const { status } = await sendJson(`${simulatorUrl}/faults`, 'POST', {}, slow);
    assert.equal(status, 201);
    const [now] = await database.query<{ at: Date }>('select now() as at');
    const ids = await makeDue(database, plan.Id, { plans: duePlans, at: now?.at ?? new Date(0) });
    await until('both servers charge', async () => {
      const billed = await countBilled(database, simulatorUrl, ids);
      return billed.filter(Boolean).length >= underWay;
    });
    return ids;
  };
  const countOpen = () =>
    count(`operations o where o.kind = 'purchase' and o.status in ('intended', 'unknown')`);
  const count = async (from: string): Promise<number> => {
    const [row] = await database.query<{ count: bigint }>(`select count(*) as count from ${from}`);
    return Number(row?.count);
  };
  const isAllPaid = async (): Promise<boolean> =>
    (await count('subscriptions where due_at <= now()')) === 0 && (await countOpen()) === 0;
  /** As if the time of those who are charging were over. */
  const endLeases = () =>
    database.query(`update operations set next_inquiry_at = now() where status in ('intended', 'unknown')`);
  const assertBilledOnce = async (ids: readonly string[]): Promise<void> => {
    const billed = await countBilled(database, simulatorUrl, ids);
    assert.deepEqual(
      billed,
      ids.map(() => 1),
    );
    assert.equal(
      await count(`subscriptions where next_cycle <> 1 and token like 'twin-%'`),
      0,
      'each plan is one cycle on',
    );
  };

  it('cycles are billed once though a server stops past its leases and then goes on', async () => {
    const [one] = processes;
    const ids = await fallDue();
    one.child.kill('SIGSTOP');
    await endLeases();
    await until('the other has billed all', isAllPaid);
    one.child.kill('SIGCONT');
    // Not at once: it slept, finds its connections gone, and says so.
    await until('it is back', async () => (await fetch(`${one.url}/readyz`)).ok);
    await assertBilledOnce(ids);
  });

  it('cycles are billed once though a server dies over them', async () => {
    const ids = await fallDue();
    await processes[1].kill();
    await endLeases();
    await until('the other has billed all', isAllPaid);
    await assertBilledOnce(ids);
  });

  it('leave books that agree with the processor and with themselves', async () => {
    assertBooksAgree(await readBook(simulatorUrl), await readOperations(database));
    await assertAuditGreen(database);
  });
}

async function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const giveUp = AbortSignal.timeout(patienceMs);
  while (!(await isSo())) {
    if (giveUp.aborted) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
