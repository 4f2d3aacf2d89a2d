create table ledger_accounts (
  tenant_id uuid not null references tenants,
  id uuid not null,
  code text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, code, currency),
  unique (tenant_id, id, currency)
);

create table ledger_transactions (
  tenant_id uuid not null references tenants,
  id uuid not null,
  kind text not null,
  -- What was posted: one posting per operation and kind, whoever reports it and however often.
  reference text not null,
  payment_id uuid,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, reference)
);
create index ledger_transactions_by_payment on ledger_transactions (tenant_id, payment_id);

-- Debits are positive, credits negative.
create table ledger_entries (
  tenant_id uuid not null,
  transaction_id uuid not null,
  ordinal smallint not null,
  account_id uuid not null,
  currency text not null,
  amount bigint not null check (amount <> 0),
  primary key (tenant_id, transaction_id, ordinal),
  foreign key (tenant_id, transaction_id) references ledger_transactions (tenant_id, id),
  foreign key (tenant_id, account_id, currency) references ledger_accounts (tenant_id, id, currency)
);
create index ledger_entries_by_account on ledger_entries (tenant_id, account_id);

-- Postings that the sealer has not yet numbered, hashed and added to the cached balances.
create table ledger_unsealed (
  tenant_id uuid not null,
  transaction_id uuid not null,
  primary key (tenant_id, transaction_id),
  foreign key (tenant_id, transaction_id) references ledger_transactions (tenant_id, id)
);

-- The hash chain: each posting's hash covers its content and the hash before it.
create table ledger_seals (
  tenant_id uuid not null,
  sequence bigint not null check (sequence > 0),
  transaction_id uuid not null,
  hash bytea not null check (octet_length(hash) = 32),
  sealed_at timestamptz not null,
  primary key (tenant_id, sequence),
  unique (tenant_id, transaction_id),
  foreign key (tenant_id, transaction_id) references ledger_transactions (tenant_id, id)
);

-- Balance of an account over its sealed postings; the rest is added when it is read.
create table ledger_balances (
  tenant_id uuid not null,
  account_id uuid not null,
  balance bigint not null,
  primary key (tenant_id, account_id),
  foreign key (tenant_id, account_id) references ledger_accounts (tenant_id, id)
);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'rows of % are never changed or removed', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

create trigger ledger_transactions_insert_only before update or delete on ledger_transactions
  for each row execute function refuse_change();
create trigger ledger_entries_insert_only before update or delete on ledger_entries
  for each row execute function refuse_change();
create trigger ledger_seals_insert_only before update or delete on ledger_seals
  for each row execute function refuse_change();
create trigger ledger_transactions_no_truncate before truncate on ledger_transactions
  for each statement execute function refuse_change();
create trigger ledger_entries_no_truncate before truncate on ledger_entries
  for each statement execute function refuse_change();

create function check_posting_balances() returns trigger language plpgsql as $$
declare
  posting uuid := case tg_table_name when 'ledger_transactions' then (to_jsonb(new) ->> 'id')::uuid
                                     else (to_jsonb(new) ->> 'transaction_id')::uuid end;
begin
  if (select count(*) from ledger_entries e where e.tenant_id = new.tenant_id and e.transaction_id = posting) < 2 then
    raise exception 'posting % has fewer than two entries', posting using errcode = 'check_violation';
  end if;
  if exists (select 1 from ledger_entries e where e.tenant_id = new.tenant_id and e.transaction_id = posting
             group by e.currency having sum(e.amount) <> 0) then
    raise exception 'posting % does not balance', posting using errcode = 'check_violation';
  end if;
  return null;
end $$;

create constraint trigger ledger_transactions_balance after insert on ledger_transactions
  deferrable initially deferred for each row execute function check_posting_balances();
create constraint trigger ledger_entries_balance after insert on ledger_entries
  deferrable initially deferred for each row execute function check_posting_balances();
