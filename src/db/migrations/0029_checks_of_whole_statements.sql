-- What balances is asked once for each statement, of the rows it wrote, and no longer three times for each posting when the
-- transaction commits. Entries are only ever added: where those of every statement balance, those of a posting do. That
-- is more than was asked before: a posting can no longer be written by several statements that balance only together.
drop trigger ledger_transactions_balance on ledger_transactions;
drop trigger ledger_entries_balance on ledger_entries;
drop function check_posting_balances();

create function check_entries_balance() returns trigger language plpgsql as $$
declare
  posting uuid;
begin
  select e.transaction_id into posting from added e
  group by e.tenant_id, e.transaction_id, e.currency having sum(e.amount) <> 0 limit 1;
  if found then
    raise exception 'posting % does not balance', posting using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger ledger_entries_balance after insert on ledger_entries
  referencing new table as added for each statement execute function check_entries_balance();

-- An entry is never zero, so that the fewest that balance are two.
-- Its plan is kept by the session: a scalar query that may not read the table whole stays a look into the key for each
-- posting, however few entries there were when it was made.
create function check_postings_have_entries() returns trigger language plpgsql set enable_seqscan to off as $$
declare
  posting uuid;
begin
  select t.id into posting from added t
  where (select 1 from ledger_entries e where e.tenant_id = t.tenant_id and e.transaction_id = t.id limit 1) is null limit 1;
  if found then
    raise exception 'posting % has no entries', posting using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger ledger_transactions_entered after insert on ledger_transactions
  referencing new table as added for each statement execute function check_postings_have_entries();
