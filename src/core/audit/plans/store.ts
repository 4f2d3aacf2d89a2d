import type { Invariant } from '../invariant.ts';

const mine = (alias: string): string => `($1::uuid is null or ${alias}.tenant_id = $1)`;

/** What must hold of plans and the attempts to take their cycles' money. */
export const planInvariants: readonly Invariant[] = [
  {
    id: 'I20',
    about:
      'each cycle of a plan that counts as paid was paid exactly once, and each attempt says what its payment does',
    sql: `select a.tenant_id, a.payment_id as id from subscription_attempts a
          join payments p on p.tenant_id = a.tenant_id and p.id = a.payment_id
          where ${mine('a')} and (p.subscription_id is distinct from a.subscription_id
            or (a.status = 'open') <> (p.status in ('initiated', 'pending'))
            or (a.status = 'paid') <> (p.status in ('completed', 'validated') and not p.superseded)
            and a.status <> 'surplus')
          union all
          select s.tenant_id, s.id from subscriptions s
          where ${mine('s')} and s.next_cycle <> (
            select count(distinct a.cycle) from subscription_attempts a
            where a.tenant_id = s.tenant_id and a.subscription_id = s.id and a.status = 'paid' and a.cycle < s.next_cycle)
          union all
          select p.tenant_id, p.id from payments p
          where ${mine('p')} and p.subscription_id is not null and p.status = 'completed' and not exists (
            select 1 from subscription_attempts a where a.tenant_id = p.tenant_id and a.payment_id = p.id)`,
  },
  {
    id: 'I21',
    about:
      'each plan that is active and owes nothing in flight is due some day, and its history ends where it is',
    sql: `select s.tenant_id, s.id from subscriptions s
          where ${mine('s')} and s.status = 'active' and s.due_at is null and not exists (
            select 1 from subscription_attempts a
            where a.tenant_id = s.tenant_id and a.subscription_id = s.id and a.status = 'open')
          union all
          select s.tenant_id, s.id from subscriptions s where ${mine('s')} and not exists (
            select 1 from subscription_transitions t where t.tenant_id = s.tenant_id and t.subscription_id = s.id
              and t.version = s.version and t.to_status = s.status)`,
  },
];
