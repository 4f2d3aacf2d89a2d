import { type Invariant, mine } from '../invariant.ts';

/** The invariants of what orders are divided into. */
export const divisionInvariants: readonly Invariant[] = [
  {
    id: 'I17',
    about:
      'what an order that was split has allocated is what its payments took and did not give back; before, it is nothing',
    sql: `select p.tenant_id, p.id from payments p
          join orders o on o.tenant_id = p.tenant_id and o.id = p.order_id
          left join (select a.tenant_id, a.payment_id, sum(a.amount) as amount,
                       bool_and(a.settled_at is not null) as settled, bool_or(a.settled_at is not null) as begun
                     from allocations a where ${mine('a')} group by a.tenant_id, a.payment_id) a
            on a.tenant_id = p.tenant_id and a.payment_id = p.id
          where ${mine('p')} and (
            coalesce(a.amount, 0) <> case when o.status in ('split', 'settled') and not p.superseded
              then p.captured - p.refunded else 0 end
            or (o.status = 'settled' and not a.settled) or (o.status <> 'settled' and a.begun))`,
  },
  {
    id: 'I18',
    about: 'each round of allocations is posted once, recipient by recipient, and nothing else is',
    sql: `select coalesce(said.tenant_id, booked.tenant_id) as tenant_id, coalesce(said.payment_id, booked.payment_id) as id
          from (select a.tenant_id, a.payment_id, 'allocation:' || a.payment_id || ':' || a.round as reference,
                  'allocated:' || a.recipient_type || coalesce(':' || a.merchant_id, '') as code, sum(a.amount) as amount
                from allocations a where ${mine('a')} group by 1, 2, 3, 4) said
          full join (
            select t.tenant_id, t.payment_id, t.reference, l.code, -sum(e.amount) as amount from ledger_transactions t
            join ledger_entries e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
            join ledger_accounts l on l.tenant_id = e.tenant_id and l.id = e.account_id
            where ${mine('t')} and t.kind = 'allocation' and l.code <> 'receipts' group by 1, 2, 3, 4) booked
            on booked.tenant_id = said.tenant_id and booked.reference = said.reference and booked.code = said.code
          where coalesce(said.amount, 0) <> coalesce(booked.amount, 0)`,
  },
  {
    id: 'I19',
    about:
      'a disbursement, its payouts, what it settled and its posting are one amount, and its callback is owed once',
    sql: `select d.tenant_id, d.id from disbursements d
          left join (select p.tenant_id, p.disbursement_id, sum(p.amount) as amount from payouts p
                     where ${mine('p')} group by 1, 2) p on p.tenant_id = d.tenant_id and p.disbursement_id = d.id
          left join (select a.tenant_id, a.disbursement_id, sum(a.amount) as amount from allocations a
                     where ${mine('a')} group by 1, 2) a on a.tenant_id = d.tenant_id and a.disbursement_id = d.id
          left join (select t.tenant_id, t.reference, -sum(e.amount) as amount from ledger_transactions t
                     join ledger_entries e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
                     join ledger_accounts l on l.tenant_id = e.tenant_id and l.id = e.account_id
                     where ${mine('t')} and t.kind = 'disbursement' and l.code = 'disbursed' group by 1, 2) t
            on t.tenant_id = d.tenant_id and t.reference = 'disbursement:' || d.id
          left join (select e.tenant_id, e.subject_id, count(e.id) as events, count(c.id) as callbacks from events e
                     left join callbacks c on c.tenant_id = e.tenant_id and c.event_id = e.id
                     where ${mine('e')} and e.subject_kind = 'disbursement' group by 1, 2) e
            on e.tenant_id = d.tenant_id and e.subject_id = d.id
          where ${mine('d')} and (p.amount is distinct from d.amount or a.amount is distinct from d.amount
            or coalesce(t.amount, 0) <> d.amount or coalesce(e.events, 0) <> 1
            or coalesce(e.callbacks, 0) <> case when d.callback_url is null then 0 else 1 end)
          union all
          select p.tenant_id, p.id from payouts p
          left join (select a.tenant_id, a.payout_id, sum(a.amount) as amount from allocations a
                     where ${mine('a')} group by 1, 2) a on a.tenant_id = p.tenant_id and a.payout_id = p.id
          where ${mine('p')} and a.amount is distinct from p.amount`,
  },
];
