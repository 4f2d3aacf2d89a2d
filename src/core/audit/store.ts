import type { Queryable } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import { postingContent } from '#ledger/store.ts';
import { inquiryBudgetMs } from '../operations/operation.ts';
import { paymentTransitions } from '../payments/payment.ts';
import { type Invariant, mine } from './invariant.ts';

/** The state machine as SQL values, so that the audit reads the same table as the code. */
const allowedMoves = Object.entries(paymentTransitions)
  .flatMap(([from, targets]) => targets.map((to) => `('${from}', '${to}')`))
  .join(', ');

export const invariants: readonly Invariant[] = [
  {
    id: 'I1',
    about: 'every posting balances per currency, has two entries or more, and none of nothing',
    sql: `select t.tenant_id, t.id from ledger_transactions t
          left join ledger_entries e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
          where ${mine('t')} group by t.tenant_id, t.id, e.currency
          having coalesce(sum(e.amount), 1) <> 0 or count(e.*) < 2 or bool_or(e.amount = 0)`,
  },
  {
    id: 'I2',
    about: 'all entries sum to nothing per currency, and cached balances are the sums of their entries',
    sql: `select e.tenant_id, null::uuid as id from ledger_entries e where ${mine('e')}
          group by e.tenant_id, e.currency having sum(e.amount) <> 0
          union all
          select a.tenant_id, a.id from ledger_accounts a
          left join ledger_balances b on b.tenant_id = a.tenant_id and b.account_id = a.id
          left join (select e.tenant_id, e.account_id, sum(e.amount) as amount from ledger_entries e
                     join ledger_seals s on s.tenant_id = e.tenant_id and s.transaction_id = e.transaction_id
                     where ${mine('e')} group by e.tenant_id, e.account_id) sealed
            on sealed.tenant_id = a.tenant_id and sealed.account_id = a.id
          where ${mine('a')} and coalesce(b.balance, 0) <> coalesce(sealed.amount, 0)`,
  },
  {
    id: 'I3',
    about:
      'what was taken and refunded, and what captures and refunds have reserved, is what their operations say, and no more than there is',
    sql: `select p.tenant_id, p.id from payments p left join (
            select o.tenant_id, o.payment_id,
              coalesce(sum(o.amount) filter (where o.kind = 'refund' and o.status = 'approved'), 0) as refunded,
              coalesce(sum(o.amount) filter (where o.kind = 'refund' and o.resolved_at is null), 0) as refunding,
              coalesce(sum(o.amount) filter (where o.kind in ('purchase', 'complete') and o.status = 'approved'), 0) as captured,
              coalesce(sum(o.amount) filter (where o.kind = 'complete' and o.resolved_at is null), 0) as capturing
            from operations o where ${mine('o')} group by o.tenant_id, o.payment_id) o
            on o.tenant_id = p.tenant_id and o.payment_id = p.id
          where ${mine('p')} and (p.refunded + p.refunding > p.captured or (p.captured > p.amount and not p.over_capture)
            or p.refunded <> coalesce(o.refunded, 0) or p.refunding <> coalesce(o.refunding, 0)
            or p.captured <> coalesce(o.captured, 0) or p.capturing <> coalesce(o.capturing, 0))`,
  },
  {
    id: 'I4',
    about:
      "each payment's transitions are a path of its state machine, numbered without a gap, and end where it is",
    sql: `select t.tenant_id, t.payment_id as id from (
            select t.*, lag(t.version) over w as previous_version, lag(t.to_status) over w as previous_status
            from payment_transitions t where ${mine('t')}
            window w as (partition by t.tenant_id, t.payment_id order by t.version)) t
          where t.version <> coalesce(t.previous_version, 0) + 1 or t.from_status is distinct from t.previous_status
            or (t.from_status is not null and (t.from_status, t.to_status) not in (values ${allowedMoves}))
          union all
          select p.tenant_id, p.id from payments p join payment_transitions t
            on t.tenant_id = p.tenant_id and t.payment_id = p.id and t.version = p.version
          where ${mine('p')} and t.to_status <> p.status
          union all
          select p.tenant_id, p.id from payments p where ${mine('p')} and not exists (
            select 1 from payment_transitions t where t.tenant_id = p.tenant_id and t.payment_id = p.id and t.version = p.version)`,
  },
  {
    id: 'I5',
    about:
      'at most one approved charge and one capture per payment, and no capture but of an approved authorisation; one success per link',
    sql: `select o.tenant_id, o.payment_id as id from operations o
          where ${mine('o')} and o.kind in ('purchase', 'auth') and o.status = 'approved'
          group by o.tenant_id, o.payment_id having count(*) > 1
          union all
          select o.tenant_id, o.payment_id from operations o
          where ${mine('o')} and (o.kind = 'complete' and o.status = 'approved' or o.kind = 'auth')
          group by o.tenant_id, o.payment_id having count(*) filter (where o.kind = 'complete') >
            least(1, count(*) filter (where o.kind = 'auth' and o.status = 'approved'))
          union all
          select p.tenant_id, p.id from payments p
          where ${mine('p')} and p.status = 'authorised' and not exists (
            select 1 from operations o where o.tenant_id = p.tenant_id and o.payment_id = p.id
              and o.kind = 'auth' and o.status = 'approved')
          union all
          select p.tenant_id, p.link_id from payments p
          where ${mine('p')} and p.link_id is not null and p.status = 'completed' and not p.superseded
          group by p.tenant_id, p.link_id having count(*) > 1`,
  },
  {
    id: 'I6',
    about:
      'every approved charge, capture and refund is posted exactly once with its amount, and nothing else is',
    sql: `select o.tenant_id, o.id from operations o
          left join ledger_transactions t on t.tenant_id = o.tenant_id
            and t.reference = case o.kind when 'refund' then 'refund:' else 'charge:' end || o.id::text
          left join ledger_entries e on e.tenant_id = t.tenant_id and e.transaction_id = t.id and e.amount > 0
          where ${mine('o')} and o.kind in ('purchase', 'complete', 'refund') and o.status = 'approved'
            and (e.amount is distinct from o.amount or e.currency is distinct from o.currency)
          union all
          select t.tenant_id, t.id from ledger_transactions t
          where ${mine('t')} and t.kind in ('charge', 'refund') and not exists (
            select 1 from operations o where o.tenant_id = t.tenant_id and o.status = 'approved'
              -- Once with each side of its own, or every posting would be held against every operation.
              and o.id::text = split_part(t.reference, ':', 2) and t.reference = t.kind || ':' || o.id::text)`,
  },
  {
    id: 'I7',
    about: 'no operation is unknown beyond its inquiry budget without an alarm',
    sql: `select o.tenant_id, o.id from operations o
          where ${mine('o')} and o.status in ('intended', 'unknown') and o.alarmed_at is null
            and o.created_at < $2::timestamptz - interval '${(2 * inquiryBudgetMs) / 1_000} seconds'`,
  },
  {
    id: 'I10',
    about:
      'each change that owes a callback has exactly one event and one callback; numbers of events have no gap',
    sql: `select p.tenant_id, p.id from payments p join payment_transitions t
            on t.tenant_id = p.tenant_id and t.payment_id = p.id
          left join events e on e.tenant_id = p.tenant_id and e.subject_id = p.id and e.subject_version = t.version
          left join callbacks c on c.tenant_id = e.tenant_id and c.event_id = e.id
          where ${mine('p')} group by p.tenant_id, p.id, p.callback_url, t.version
          having count(distinct e.id) <> 1
            or count(distinct c.id) <> case when t.version > 1 and p.callback_url is not null then 1 else 0 end
          union all
          select l.tenant_id, l.id from links l left join events e
            on e.tenant_id = l.tenant_id and e.subject_id = l.id
          where ${mine('l')} group by l.tenant_id, l.id, l.version having count(e.*) <> l.version
          union all
          select c.tenant_id, c.id from claims c
          left join events e on e.tenant_id = c.tenant_id and e.subject_id = c.id
          left join callbacks b on b.tenant_id = e.tenant_id and b.event_id = e.id
          where ${mine('c')} group by c.tenant_id, c.id, c.version, c.callback_url
          having count(distinct e.id) <> c.version
            or count(distinct b.id) <> case when c.callback_url is null then 0 else c.version end
          union all
          select e.tenant_id, null::uuid from events e where ${mine('e')} and e.sequence is not null
          group by e.tenant_id having max(e.sequence) <> count(*)`,
  },
  {
    id: 'I12',
    about: 'a link or claim and the payment that paid it, or may still pay it, belong together',
    sql: `select l.tenant_id, l.id from links l join payments p on p.tenant_id = l.tenant_id and p.id = l.payment_id
          where ${mine('l')} and (p.link_id is distinct from l.id or p.order_id <> l.order_id or p.status <> 'completed'
            or (p.amount <> l.amount and p.method <> 'deposit') or p.currency <> l.currency)
          union all
          select l.tenant_id, l.id from links l left join payments p on p.tenant_id = l.tenant_id and p.id = l.active_payment_id
          where ${mine('l')} and l.active_payment_id is not null and p.status not in ('initiated', 'pending', 'authorised')
          union all
          select c.tenant_id, c.id from claims c left join payments p on p.tenant_id = c.tenant_id and p.id = c.payment_id
          where ${mine('c')} and c.payment_id is not null
            and (p.claim_id is distinct from c.id or p.status <> 'completed' or p.amount <> c.amount or p.currency <> c.currency)
          union all
          select c.tenant_id, c.id from claims c left join payments p on p.tenant_id = c.tenant_id and p.id = c.active_payment_id
          where ${mine('c')} and ((c.status = 'authorised') <> coalesce(p.status = 'authorised', false)
            or c.active_payment_id is not null and p.status not in ('initiated', 'pending', 'authorised'))`,
  },
  {
    id: 'I13',
    about: "the ledger's hash chain is intact",
    sql: `select s.tenant_id, s.transaction_id as id from (
            select s.*, lag(s.hash) over (partition by s.tenant_id order by s.sequence) as previous,
              lag(s.sequence) over (partition by s.tenant_id order by s.sequence) as previous_sequence
            from ledger_seals s where ${mine('s')}) s
          join ledger_transactions t on t.tenant_id = s.tenant_id and t.id = s.transaction_id
          where s.sequence <> coalesce(s.previous_sequence, 0) + 1
            or s.hash <> sha256(coalesce(s.previous, decode(repeat('00', 32), 'hex')) || convert_to(${postingContent}, 'UTF8'))`,
  },
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

/** A row that breaks an invariant. */
export interface Breach {
  readonly tenantId: TenantId;
  readonly id: string | null;
}

/** How many rows break an invariant, and the first few of them. */
export async function selectBreaches(
  queryable: Queryable,
  invariant: Invariant,
  scope: { tenantId: TenantId | null; wallNow: Date; examples: number },
): Promise<{ rows: number; examples: Breach[] }> {
  const rows = await queryable.query<Breach & { total: bigint }>(
    `select tenant_id as "tenantId", id, count(*) over () as total
     from (${invariant.sql}) breach where $2::timestamptz is not null limit $3`,
    [scope.tenantId, scope.wallNow, scope.examples],
  );
  return { rows: Number(rows[0]?.total ?? 0n), examples: rows.map(({ tenantId, id }) => ({ tenantId, id })) };
}

/** The operations that carry these references at a connector, of one tenant or of all. */
export async function selectByReferences(
  queryable: Queryable,
  scope: { tenantId: TenantId | null; connector: string; references: readonly string[] },
): Promise<BookedOperation[]> {
  return queryable.query<BookedOperation>(
    `select tenant_id as "tenantId", id, connector, reference, status, amount, currency from operations
     where ($1::uuid is null or tenant_id = $1) and connector = $2 and reference = any($3::text[])`,
    [scope.tenantId, scope.connector, scope.references],
  );
}

/** Approved operations of one tenant or of all. */
export async function selectApproved(
  queryable: Queryable,
  tenantId: TenantId | null,
): Promise<BookedOperation[]> {
  return queryable.query<BookedOperation>(
    `select tenant_id as "tenantId", id, connector, reference, status, amount, currency from operations
     where ($1::uuid is null or tenant_id = $1) and status = 'approved'`,
    [tenantId],
  );
}

/** What of an operation is compared with the processor's book. */
export interface BookedOperation {
  readonly tenantId: TenantId;
  readonly id: string;
  readonly connector: string;
  readonly reference: string;
  readonly status: string;
  readonly amount: bigint;
  readonly currency: string;
}

/** Text columns in which no card number may stand. */
export async function selectFreeText(
  queryable: Queryable,
  tenantId: TenantId | null,
  limit: number,
): Promise<{ id: string; text: string }[]> {
  return queryable.query(
    `select id, text from (
       select o.id, concat_ws(' ', o.message, o.code, o.reason, o.card::text, o.parameters::text) as text, o.created_at
       from operations o where ($1::uuid is null or o.tenant_id = $1)
       union all
       select c.id, concat_ws(' ', c.brand, c.holder_name, c.consent), c.created_at from cards c where ($1::uuid is null or c.tenant_id = $1)
       union all
       select p.id, p.particulars::text, p.created_at from payments p where ($1::uuid is null or p.tenant_id = $1)
       union all
       select l.id, concat_ws(' ', l.items::text, l.methods::text, l.particulars::text), l.created_at
       from links l where ($1::uuid is null or l.tenant_id = $1)
       union all
       select c.id, c.last_error, c.created_at from callbacks c where ($1::uuid is null or c.tenant_id = $1) and c.last_error is not null
     ) texts order by created_at desc limit $2`,
    [tenantId, limit],
  );
}
