import { payoutTransitions } from '../../payouts/payout.ts';
import type { Invariant } from '../invariant.ts';

const mine = (alias: string): string => `($1::uuid is null or ${alias}.tenant_id = $1)`;

/** The state machine as SQL values, so that the audit reads the same table as the code. */
const allowedMoves = Object.entries(payoutTransitions)
  .flatMap(([from, targets]) => targets.map((to) => `('${from}', '${to}')`))
  .join(', ');

/** What an attempt's postings must come to: the promise, less what was cleared and released. */
const promisedOf = `case when a.funded then a.amount - a.cleared - a.voided else 0 end`;

export const payoutInvariants: readonly Invariant[] = [
  {
    id: 'I9',
    about:
      'of each payout, paid, voided and pending are what was ordered; each reissue is of one voided attempt, and of its amount',
    sql: `select p.tenant_id, p.id from payout_orders p
          join payout_attempts a on a.tenant_id = p.tenant_id and a.payout_id = p.id
          left join payout_attempts next on next.tenant_id = a.tenant_id and next.payout_id = a.payout_id
            and next.attempt = a.attempt + 1
          where ${mine('p')} and (a.cleared + a.voided > a.amount
            or (a.attempt = 1 and a.amount <> p.amount)
            or (a.attempt < p.attempt and (next.attempt is null or a.voided_at is null or next.amount <> a.voided))
            or a.attempt > p.attempt
            or (a.attempt = p.attempt and (p.status = 'voided') <> (a.voided_at is not null)))
          union all
          select p.tenant_id, p.id from payout_orders p where ${mine('p')} and (
            select count(*) from payout_transitions t where t.tenant_id = p.tenant_id and t.payout_id = p.id
              and t.to_status = 'reissuing') <> p.attempt - 1
          union all
          select p.tenant_id, p.id from payout_orders p join (
            select tenant_id, payout_id, sum(cleared) as cleared,
              sum(voided) filter (where attempt = last) as voided, sum(amount - cleared - voided) as pending
            from (select a.*, max(attempt) over (partition by tenant_id, payout_id) as last from payout_attempts a
                  where ${mine('a')}) a
            group by tenant_id, payout_id) a on a.tenant_id = p.tenant_id and a.payout_id = p.id
          where ${mine('p')} and a.cleared + a.voided + a.pending <> p.amount`,
  },
  {
    id: 'I9-path',
    about:
      "each payout's transitions are a path of its state machine, numbered without a gap, and end where it is",
    sql: `select t.tenant_id, t.payout_id as id from (
            select t.*, lag(t.version) over w as previous_version, lag(t.to_status) over w as previous_status
            from payout_transitions t where ${mine('t')}
            window w as (partition by t.tenant_id, t.payout_id order by t.version)) t
          where t.version <> coalesce(t.previous_version, 0) + 1 or t.from_status is distinct from t.previous_status
            or (t.from_status is not null and (t.from_status, t.to_status) not in (values ${allowedMoves}))
          union all
          select p.tenant_id, p.id from payout_orders p where ${mine('p')} and not exists (
            select 1 from payout_transitions t where t.tenant_id = p.tenant_id and t.payout_id = p.id
              and t.version = p.version and t.to_status = p.status)`,
  },
  {
    id: 'I9-funds',
    about:
      'what an account may promise, and what it has promised, is what the ledger says; nothing is promised that is not there',
    sql: `select account.tenant_id, null::uuid as id from payout_accounts account
          left join (
            select a.tenant_id, a.account_id, sum(${promisedOf}) as promised from payout_attempts a where ${mine('a')}
            group by a.tenant_id, a.account_id) a on a.tenant_id = account.tenant_id and a.account_id = account.id
          left join (
            select l.tenant_id, l.code, sum(e.amount) as balance from ledger_accounts l
            join ledger_entries e on e.tenant_id = l.tenant_id and e.account_id = l.id
            where ${mine('l')} and l.code like 'payouts:%' group by l.tenant_id, l.code) available
            on available.tenant_id = account.tenant_id and available.code = 'payouts:available:' || account.id
          left join (
            select l.tenant_id, l.code, sum(e.amount) as balance from ledger_accounts l
            join ledger_entries e on e.tenant_id = l.tenant_id and e.account_id = l.id
            where ${mine('l')} and l.code like 'payouts:%' group by l.tenant_id, l.code) promised
            on promised.tenant_id = account.tenant_id and promised.code = 'payouts:promised:' || account.id
          where ${mine('account')} and (coalesce(available.balance, 0) <> -account.available
            or coalesce(promised.balance, 0) <> -coalesce(a.promised, 0)
            or (account.prefunded and account.available < 0))`,
  },
  {
    id: 'I9-files',
    about:
      'every payout that was sent is in exactly one file that was accepted, and what was not sent in none',
    sql: `select p.tenant_id, p.id from payout_orders p
          join payout_attempts a on a.tenant_id = p.tenant_id and a.payout_id = p.id and a.attempt = p.attempt
          left join payout_files f on f.tenant_id = a.tenant_id and f.id = a.file_id
          where ${mine('p')} and ((p.status in ('sent', 'completed') and f.status is distinct from 'accepted')
            or (p.status in ('created', 'held', 'loading', 'reissuing', 'failed') and f.id is not null))
          union all
          select f.tenant_id, f.id from payout_files f where ${mine('f')} and f.entries <> (
            select count(*) from payout_attempts a where a.tenant_id = f.tenant_id and a.file_id = f.id) + (
            select count(*) from payout_attempts a where a.tenant_id = f.tenant_id and a.stop_file_id = f.id)`,
  },
];
