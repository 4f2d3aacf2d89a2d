/** Plans that are due without anybody having waited for them, and how often each was billed. */
import type { Queryable } from '#db/database.ts';
import { readBook } from './reconcile.ts';

/** Makes plans like one that was enrolled, without a cycle paid, all due at `at`; answers their ids. */
export async function makeDue(
  database: Queryable,
  like: string,
  { plans, at }: { plans: number; at: Date },
): Promise<string[]> {
  const rows = await database.query<{ id: string }>(
    `with twin as (
       select s.*, gen_random_uuid() as twin_id, gen_random_uuid() as twin_order from subscriptions s, generate_series(1, $2::int)
       where s.id = $1),
     opened as (
       insert into orders (tenant_id, id, currency, status, created_at)
       select tenant_id, twin_order, currency, 'open', created_at from twin),
     made as (
       insert into subscriptions (tenant_id, id, customer_id, order_id, card_id, token, origin, status, description, every,
         interval_count, currency, amount, auto_renew, zone, anchor_at, due_at, created_at)
       select tenant_id, twin_id, customer_id, twin_order, card_id, 'twin-' || twin_id, origin, 'active', description, every,
         interval_count, currency, amount, auto_renew, zone, $3::timestamptz, $3::timestamptz, created_at from twin
       returning tenant_id, id, created_at),
     told as (
       insert into subscription_transitions (tenant_id, subscription_id, version, to_status, reason, at)
       select tenant_id, id, 1, 'active', 'made', created_at from made)
     select id from made`,
    [like, plans, at],
  );
  return rows.map(({ id }) => id);
}

/** How often each plan was billed, by the simulator's own book. */
export async function countBilled(
  database: Queryable,
  simulatorUrl: string,
  ids: readonly string[],
): Promise<number[]> {
  const sent = await database.query<{ id: string; reference: string }>(
    `select p.subscription_id as id, o.reference from operations o
     join payments p on p.tenant_id = o.tenant_id and p.id = o.payment_id
     where p.subscription_id = any($1::uuid[]) and o.kind = 'purchase'`,
    [ids],
  );
  const planOf = new Map(sent.map(({ id, reference }) => [reference, id]));
  const billed = new Map<string, number>();
  for (const { kind, outcome, reference } of await readBook(simulatorUrl)) {
    const plan = planOf.get(reference);
    if (plan === undefined || kind !== 'purchase' || outcome !== 'approved') continue;
    billed.set(plan, (billed.get(plan) ?? 0) + 1);
  }
  return ids.map((id) => billed.get(id) ?? 0);
}
