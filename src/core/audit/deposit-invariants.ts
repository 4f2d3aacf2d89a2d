import type { Invariant } from './store.ts';

/** What must hold of the money that came into bank accounts. `mine` limits an alias to the tenant that is looked at. */
export function depositInvariants(mine: (alias: string) => string): readonly Invariant[] {
  return [
    {
      id: 'I15',
      about:
        'every unit that came by deposit is matched, surplus, unallocated or given back, and the ledger says the same',
      sql: `select d.tenant_id, d.id from deposits d
            left join (select r.tenant_id, r.deposit_id, sum(r.amount) as amount from deposit_returns r
                       where ${mine('r')} group by r.tenant_id, r.deposit_id) r
              on r.tenant_id = d.tenant_id and r.deposit_id = d.id
            where ${mine('d')} and (d.amount <> d.unallocated + d.matched + d.surplus + d.returned
              or d.returned <> coalesce(r.amount, 0))
            union all
            select coalesce(booked.tenant_id, held.tenant_id), null::uuid from (
              select a.tenant_id, a.currency, a.code, -sum(e.amount) as amount from ledger_accounts a
              join ledger_entries e on e.tenant_id = a.tenant_id and e.account_id = a.id
              join ledger_transactions t on t.tenant_id = e.tenant_id and t.id = e.transaction_id
              where ${mine('a')} and a.code in ('deposits:unallocated', 'deposits:matched', 'deposits:surplus')
                and t.kind <> 'charge'
              group by a.tenant_id, a.currency, a.code) booked
            full join (
              select d.tenant_id, d.currency, 'deposits:' || place.name as code, sum(place.amount) as amount from deposits d
              cross join lateral (values ('unallocated', d.unallocated), ('matched', d.matched), ('surplus', d.surplus))
                as place (name, amount)
              where ${mine('d')} group by d.tenant_id, d.currency, place.name) held
              on held.tenant_id = booked.tenant_id and held.currency = booked.currency and held.code = booked.code
            where coalesce(booked.amount, 0) <> coalesce(held.amount, 0)
            union all
            select d.tenant_id, d.id from deposits d
            left join (select t.tenant_id, split_part(t.reference, ':', 2) as deposit_id, count(*) as postings
                       from ledger_transactions t where ${mine('t')} and t.kind like 'deposit%' group by 1, 2) t
              on t.tenant_id = d.tenant_id and t.deposit_id = d.id::text
            where ${mine('d')} and coalesce(t.postings, 0) <> d.version`,
    },
    {
      id: 'I16',
      about:
        'a payment by deposit is completed by exactly what is matched to it, and by nothing while it is not over',
      sql: `select p.tenant_id, p.id from payments p
            left join (select d.tenant_id, d.payment_id, sum(d.matched) as matched, sum(d.matched + d.surplus) as counted
                       from deposits d where ${mine('d')} and d.payment_id is not null group by d.tenant_id, d.payment_id) d
              on d.tenant_id = p.tenant_id and d.payment_id = p.id
            where ${mine('p')} and (
              (p.status = 'completed' and p.method = 'deposit' and coalesce(d.matched, 0) <> p.captured)
              or (p.status not in ('completed', 'underfunded', 'funded', 'overfunded') and coalesce(d.matched, 0) <> 0)
              or (p.status = 'underfunded' and coalesce(d.counted, 0) not between 1 and p.amount - 1)
              or (p.status = 'funded' and coalesce(d.counted, 0) <> p.amount)
              or (p.status = 'overfunded' and coalesce(d.counted, 0) <= p.amount))`,
    },
  ];
}
