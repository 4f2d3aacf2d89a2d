/**
 * Arbitrary sequences of commands on payments by ACH and by check, held or not, by the front door, with what a bank does
 * between them, against the plain model of `payout-model.ts`. MODEL_RUNS sets how many sequences are tried.
 */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import fc from 'fast-check';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { openBank } from '#test/support/bank.ts';
import { achOrder, checkOrder, type OptumClient, optumClient } from '#test/support/optum-client.ts';
import { type Answer, type Json, sendJson } from '#test/support/ping-client.ts';
import {
  aim,
  availableOf,
  type Command,
  follow,
  isOut,
  type Model,
  newModel,
  type Payment,
} from './payout-model.ts';

let app: TestApp;
let plain: OptumClient;
let held: OptumClient;
before(async () => {
  app = await startTestApp();
  plain = optumClient(app);
  held = optumClient(app, 'optumHold');
});
after(() => app.stop());

const runs = Number(process.env.MODEL_RUNS ?? 4);

const order: fc.Arbitrary<Command> = fc.record({
  do: fc.constant('order' as const),
  method: fc.constantFrom('ACH' as const, 'CHECK' as const),
  holds: fc.boolean(),
  cents: fc.integer({ min: 1, max: 90_000 }),
});
const action = fc.constantFrom(
  'void' as const,
  'release' as const,
  'decline' as const,
  'reissue' as const,
  'cash' as const,
  'return' as const,
);

/** What is done to one payment one after the other, since most of what may go wrong takes two to do. */
const acts: fc.Arbitrary<Command[]> = fc
  .tuple(fc.nat({ max: 2 }), fc.array(action, { minLength: 2, maxLength: 3 }))
  .map(([which, actions]) => actions.map((one) => ({ do: one, which })));

const life: fc.Arbitrary<Command[]> = fc
  .tuple(
    order,
    fc.array(
      fc.oneof(
        { weight: 2, arbitrary: order.map((one) => [one]) },
        { weight: 5, arbitrary: acts },
        { weight: 2, arbitrary: fc.constant<Command[]>([{ do: 'wait for the bank' }]) },
      ),
      { minLength: 3, maxLength: 7, size: 'max' },
    ),
  )
  .map(([first, rest]) => [first, ...rest.flat()]);

const clientOf = ({ holds }: Pick<Payment, 'holds'>) => (holds ? held : plain);

const simulate = (path: string, body?: unknown): Promise<Answer> =>
  sendJson(`${app.simulatorUrl}/rails${path}`, 'POST', {}, body);

/** Everything that is due is done, and what that made due, until the payments stand where they wait. */
async function rest(model: Model): Promise<void> {
  const waiting: readonly string[] = ['Held', 'Requested', 'Sent', 'Completed', 'Voided', 'Failed'];
  for (let look = 0; look < 60; look += 1) {
    await plain.settle();
    const statuses = await Promise.all(
      model.payments.map(async (one) => ({ one, ...(await clientOf(one).details(one.id)) })),
    );
    const isResting = ({ one, status }: Json) =>
      waiting.includes(status) && !(one.method === 'CHECK' && status === 'Requested');
    if (statuses.every(isResting)) return;
  }
  assert.fail('the payments did not come to rest');
}

async function send(model: Model, given: Command): Promise<Answer | undefined> {
  if (given.do === 'wait for the bank') {
    await plain.turn({ by: 'P10D' });
    return undefined;
  }
  if (given.do === 'order') {
    const body = given.method === 'ACH' ? achOrder() : checkOrder();
    return clientOf(given).call('POST', '/payments', { ...body, amount: given.cents });
  }
  const payment = aim(model, given.which);
  if (payment === undefined) throw new Error('there is no payment yet');
  return act(payment, given.do);
}

async function act(payment: Payment, action: Exclude<Command['do'], 'order' | 'wait for the bank'>) {
  const client = clientOf(payment);
  if (action === 'decline') {
    const { headers = {} } = app.tenants[0]?.entries.native ?? {};
    return sendJson(`${app.url}/v1/payouts/${payment.id}/decline`, 'POST', headers, { reason: 'not ours' });
  }
  if (action !== 'cash' && action !== 'return')
    return client.call('POST', `/payments/${payment.id}/${action}`);
  const { delivery } = await client.details(payment.id);
  if (action === 'cash') return simulate(`/check/${delivery.checkNumber}/cash`);
  return simulate(`/ach/${delivery.achTraceNumber}/return`, { code: 'R03' });
}

/** What a bank is asked only where it has the instrument: it knows of no other. */
function isAskable(model: Model, given: Command): boolean {
  if (!('which' in given)) return true;
  const payment = aim(model, given.which);
  if (payment === undefined) return false;
  if (given.do === 'cash') return isOut(payment) && availableOf(payment) > 0;
  if (given.do === 'return')
    return payment.method === 'ACH' && payment.status === 'Completed' && !payment.isReturned;
  return true;
}

async function observe(payment: Payment): Promise<Json> {
  const { status, balance, attempts, returned } = await clientOf(payment).details(payment.id);
  return { status, balance, attempts: attempts.length, isReturned: returned !== null };
}

const predict = (payment: Payment): Json => ({
  status: payment.status,
  balance: {
    amount: payment.cents,
    cleared: payment.cleared,
    voided: payment.voided,
    available: availableOf(payment),
  },
  attempts: payment.attempts,
  isReturned: payment.isReturned,
});

it('whatever is done to payments by ACH and by check is answered and kept as the documents say', async () => {
  const lived = fc.asyncProperty(life, async (commands) => {
    const model = newModel();
    const done: string[] = [];
    for (const given of commands) {
      if (!isAskable(model, given)) continue;
      const answer = await send(model, given);
      done.push(`${JSON.stringify(given)} → ${answer?.status} ${answer?.text ?? ''}`);
      const told = { status: answer?.status ?? 200, id: answer?.body?.paymentId };
      assert.ok(follow(model, given, told), `the model answers otherwise\n${done.join('\n')}`);
      await rest(model);
      for (const payment of model.payments)
        assert.deepEqual(
          await observe(payment),
          predict(payment),
          `${JSON.stringify(payment)}\n${done.join('\n')}`,
        );
    }
  });
  await fc.assert(lived, { numRuns: runs, seed: 20_261_126, endOnFailure: true });
  assert.deepEqual(await openBank(app).breaches(), []);
});
