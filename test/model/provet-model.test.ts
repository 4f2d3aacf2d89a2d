/**
 * Arbitrary sequences of commands on a plan, its cards and charges beside it, by the front door, against the plain model of
 * `provet-model.ts`: what is answered, and what is read afterwards. MODEL_RUNS sets how many sequences are tried.
 */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import fc from 'fast-check';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { openBank } from '#test/support/bank.ts';
import { type Answer, type Json, payOnPage } from '#test/support/ping-client.ts';
import { goodCard, laterDeclined, type ProvetClient, provetClient } from '#test/support/provet-client.ts';
import { aim, type Command, follow, type Model, newModel, remaining } from './provet-model.ts';

let app: TestApp;
let provet: ProvetClient;
before(async () => {
  app = await startTestApp();
  provet = provetClient(app);
});
after(() => app.stop());

const runs = Number(process.env.MODEL_RUNS ?? 6);
const dayMs = 86_400_000;

const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 12 }) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('change the card' as const), good: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('set auto-renew' as const), to: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reactivate' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('unsubscribe' as const) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('charge' as const),
      dollars: fc.integer({ min: 1, max: 90 }),
      declined: fc.boolean(),
      holds: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('refund' as const, 'complete' as const),
      which: fc.nat({ max: 4 }),
      dollars: fc.integer({ min: 1, max: 60 }),
    }),
  },
);

const life = fc.record({
  intervalCount: fc.integer({ min: 2, max: 5 }),
  autoRenew: fc.boolean(),
  isCardGood: fc.boolean(),
  commands: fc.array(command, { minLength: 4, maxLength: 14, size: 'max' }),
});

const holderOf = (isGood: boolean) => (isGood ? undefined : laterDeclined.holder);

/** A plan that is watched, and the day it was enrolled on. */
interface Watched {
  readonly id: string;
  readonly clientId: string;
  readonly startedOn: number;
}

/** Enrols at noon and waits for the evening. */
async function enrol({ intervalCount, autoRenew, isCardGood }: Omit<Model, 'commands'>): Promise<Watched> {
  const now = await provet.advance({ by: 'PT0S' });
  const startedOn = Math.floor(now.getTime() / dayMs) + 1;
  await provet.advance({ to: new Date(startedOn * dayMs + dayMs / 2).toISOString() });
  const holder = holderOf(isCardGood);
  const plan = await provet.enrol(
    { Interval: 'Weekly', IntervalCount: intervalCount, AutoRenew: autoRenew },
    holder === undefined ? {} : { holder },
  );
  await comeEvening(startedOn);
  return { id: plan.Id, clientId: plan.ClientId, startedOn };
}

const comeEvening = (day: number) =>
  provet.advance({ to: new Date(day * dayMs + 0.75 * dayMs).toISOString() });

async function changeCard({ id }: Watched, isGood: boolean): Promise<Answer> {
  const body = { RedirectUrl: 'https://clinic.example/back', SubscriptionId: id };
  const answer = await provet.call('PATCH', '/wellness/card/', body);
  if (answer.status === 200) await payOnPage(answer.body.Url, goodCard, 'pay', holderOf(isGood));
  return answer;
}

async function charge(plan: Watched, given: Extract<Command, { do: 'charge' }>): Promise<Answer> {
  const { PaymentMethodId } = await provet.subscription(plan.id);
  return provet.call('POST', '/charge', {
    Description: 'Visit',
    Amount: given.declined ? given.dollars + 0.76 : given.dollars,
    Currency: 'AUD',
    ClientId: plan.clientId,
    PaymentMethodId,
    IsPreAuth: given.holds,
  });
}

async function send(plan: Watched, model: Model, given: Command): Promise<Answer | undefined> {
  switch (given.do) {
    case 'wait':
      await comeEvening(plan.startedOn + model.day + given.days);
      return undefined;
    case 'change the card':
      return changeCard(plan, given.good);
    case 'set auto-renew':
      return provet.call('PATCH', `/wellness/subscription/${plan.id}/autorenew/${given.to}`);
    case 'unsubscribe':
      return provet.call('DELETE', `/wellness/unsubscribe/${plan.id}`);
    case 'reactivate':
      return provet.call('PATCH', `/wellness/reactivate/${plan.id}`);
    case 'charge':
      return charge(plan, given);
    case 'refund':
    case 'complete': {
      const path = given.do === 'refund' ? '/refund' : '/completepreauth';
      const PaymentId = aim(model, given.which)?.id;
      return provet.call('POST', path, { PaymentId, Amount: given.dollars });
    }
  }
}

const isAimed = (model: Model, given: Command) =>
  !('which' in given) || aim(model, given.which) !== undefined;

async function observe({ id }: Watched): Promise<Json> {
  const { Status, RemainingPayments, AutoRenew, Payments } = await provet.subscription(id);
  return { Status, RemainingPayments, AutoRenew, attempts: Payments.length };
}

const predict = (model: Model): Json => ({
  Status: model.status,
  RemainingPayments: remaining(model),
  AutoRenew: model.autoRenew,
  attempts: model.attempts,
});

it('whatever is done to a plan, its cards and charges is answered and kept as the overview says', async () => {
  const watched = fc.asyncProperty(life, async ({ commands, intervalCount, autoRenew, isCardGood }) => {
    const model = newModel(intervalCount, autoRenew, isCardGood);
    const plan = await enrol(model);
    const done: string[] = [];
    for (const given of commands) {
      if (!isAimed(model, given)) continue;
      const answer = await send(plan, model, given);
      done.push(`${JSON.stringify(given)} → ${answer?.status} ${answer?.text ?? ''}`);
      const told = { status: answer?.status ?? 200, id: answer?.body?.Id, success: answer?.body?.Success };
      assert.ok(follow(model, given, told), `the model answers otherwise\n${done.join('\n')}`);
      assert.deepEqual(await observe(plan), predict(model), done.join('\n'));
    }
    await provet.call('DELETE', `/wellness/unsubscribe/${plan.id}`);
  });
  await fc.assert(watched, { numRuns: runs, seed: 20_261_126, endOnFailure: true });
  assert.deepEqual(await openBank(app).breaches(), []);
});
