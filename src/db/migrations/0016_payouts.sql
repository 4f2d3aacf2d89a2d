-- Money that goes out: from a payer's account to payees, by ACH, check or card.

create table payout_accounts (
  tenant_id uuid not null references tenants,
  id text not null check (id ~ '^[A-Za-z0-9._-]{1,64}$'),
  settings jsonb not null,
  -- The number of the bank account the money leaves from.
  bank_account_sealed text not null,
  prefunded boolean not null,
  -- What may still be promised to payees. The ledger says the same; this is the row that promises are made under.
  available bigint not null default 0,
  next_trace bigint not null check (next_trace > 0),
  next_check bigint not null check (next_check > 0),
  next_interchange bigint not null default 1 check (next_interchange > 0),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  constraint payout_accounts_funds_check check (not prefunded or available >= 0)
);

create table payout_batches (
  tenant_id uuid not null references tenants,
  id uuid not null,
  account_id text not null,
  sub_account_id text,
  -- The caller's own name for it.
  reference text not null check (length(reference) between 1 and 64),
  input_hash bytea not null,
  expected_total bigint check (expected_total > 0),
  expected_count integer check (expected_count >= 0),
  status text not null check (status in ('created', 'held', 'funding', 'processing', 'completed', 'cancelled')),
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, reference),
  foreign key (tenant_id, account_id) references payout_accounts (tenant_id, id)
);
create index payout_batches_by_age on payout_batches (tenant_id, created_at, id);
create index payout_batches_open on payout_batches (tenant_id, id) where status in ('funding', 'processing');

create table payout_orders (
  tenant_id uuid not null references tenants,
  id uuid not null,
  account_id text not null,
  batch_id uuid,
  -- The payer's own reference: one payout for each, for ever.
  reference text not null check (length(reference) between 1 and 46),
  input_hash bytea not null,
  amount bigint not null check (amount > 0 and amount <= 1000000000000),
  status text not null check (status in ('created', 'held', 'loading', 'documents-generating', 'remittance-requested',
    'documents-distributing', 'distribution-assigned', 'requested', 'sent', 'completed', 'voided', 'reissuing', 'failed')),
  -- The number of the present attempt: 1, and one more for each reissue.
  attempt integer not null default 1 check (attempt > 0),
  -- What was ordered, without the payee's account number.
  ordered jsonb not null,
  payer jsonb not null,
  payee_account_sealed text,
  created_by uuid,
  version integer not null default 1,
  -- In the tenant's time: when it goes on by itself. Null while it waits for somebody.
  due_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, reference),
  foreign key (tenant_id, account_id) references payout_accounts (tenant_id, id),
  foreign key (tenant_id, batch_id) references payout_batches (tenant_id, id)
);
create index payout_orders_due on payout_orders (tenant_id, due_at) where due_at is not null;
create index payout_orders_by_age on payout_orders (tenant_id, created_at, id);
create index payout_orders_by_batch on payout_orders (tenant_id, batch_id, created_at, id) where batch_id is not null;

create table payout_transitions (
  tenant_id uuid not null,
  payout_id uuid not null,
  version integer not null check (version > 0),
  from_status text,
  to_status text not null,
  reason text not null,
  at timestamptz not null,
  primary key (tenant_id, payout_id, version),
  foreign key (tenant_id, payout_id) references payout_orders (tenant_id, id),
  check ((version = 1) = (from_status is null))
);
create trigger payout_transitions_insert_only before update or delete on payout_transitions
  for each row execute function refuse_change();

-- What is handed to a bank, a printer or a card issuer: written down whole before it goes, and the same at every repetition.
create table payout_files (
  tenant_id uuid not null,
  id uuid not null,
  account_id text not null,
  rail text not null check (rail in ('ach', 'check', 'virtual-card')),
  status text not null check (status in ('cut', 'accepted', 'refused')),
  file_name text not null,
  content text not null,
  entries integer not null check (entries > 0),
  tries integer not null default 0 check (tries >= 0),
  -- In wall time: when it may be handed over again.
  lease_until timestamptz,
  -- In the tenant's time.
  created_at timestamptz not null,
  accepted_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, account_id) references payout_accounts (tenant_id, id),
  check ((status = 'accepted') = (accepted_at is not null))
);
create index payout_files_waiting on payout_files (tenant_id, created_at) where status = 'cut';
create index payout_files_by_account on payout_files (tenant_id, account_id, rail, created_at);

-- One instrument: an ACH entry, a check, a card. A reissue is another one for what was voided of the last.
create table payout_attempts (
  tenant_id uuid not null,
  payout_id uuid not null,
  attempt integer not null check (attempt > 0),
  account_id text not null,
  rail text not null check (rail in ('ach', 'check', 'virtual-card')),
  amount bigint not null check (amount > 0),
  -- Whether the amount has been taken out of what the account may promise.
  funded boolean not null default false,
  -- Voided before anybody released it.
  declined boolean not null default false,
  cleared bigint not null default 0 check (cleared >= 0),
  voided bigint not null default 0 check (voided >= 0),
  -- The number that ties the payment to its remittance (TRN02).
  trace_number text,
  -- What the rail knows it by: ACH trace number, check number, card reference.
  instrument text,
  card_last4 text check (card_last4 ~ '^[0-9]{4}$'),
  -- In the tenant's time: when the file is cut in which it goes.
  cut_at timestamptz,
  effective_date date,
  file_id uuid,
  -- In the tenant's time: when its reversal or stop is to go out, and in which file it did.
  stop_at timestamptz,
  stop_file_id uuid,
  returned_code text,
  returned_at timestamptz,
  -- What the payee's bank asked us to write differently (NOC), newest.
  correction jsonb,
  remittance text,
  started_at timestamptz not null,
  documented_at timestamptz,
  voided_at timestamptz,
  primary key (tenant_id, payout_id, attempt),
  foreign key (tenant_id, payout_id) references payout_orders (tenant_id, id),
  foreign key (tenant_id, account_id) references payout_accounts (tenant_id, id),
  foreign key (tenant_id, file_id) references payout_files (tenant_id, id),
  foreign key (tenant_id, stop_file_id) references payout_files (tenant_id, id),
  unique (tenant_id, account_id, rail, instrument),
  constraint payout_attempts_balance_check check (cleared + voided <= amount),
  check ((voided > 0) = (voided_at is not null))
);
create index payout_attempts_uncut on payout_attempts (tenant_id, cut_at)
  where file_id is null and instrument is not null and voided_at is null;
create index payout_attempts_unstopped on payout_attempts (tenant_id, stop_at)
  where stop_at is not null and stop_file_id is null;
create index payout_attempts_by_file on payout_attempts (tenant_id, file_id) where file_id is not null;
create index payout_attempts_filed on payout_attempts (tenant_id, account_id, rail) where file_id is not null;

-- What a bank told us, once each, applied or too late to be.
create table payout_news (
  tenant_id uuid not null,
  account_id text not null,
  rail text not null,
  sequence bigint not null,
  instrument text not null,
  kind text not null check (kind in ('cleared', 'returned', 'corrected', 'refused')),
  amount bigint,
  code text,
  detail jsonb not null default '{}',
  applied boolean not null,
  at timestamptz not null,
  primary key (tenant_id, account_id, rail, sequence),
  foreign key (tenant_id, account_id) references payout_accounts (tenant_id, id)
);

create table payout_approvals (
  tenant_id uuid not null,
  payout_id uuid not null,
  credential_id uuid not null,
  approver text not null,
  at timestamptz not null,
  primary key (tenant_id, payout_id, credential_id),
  foreign key (tenant_id, payout_id) references payout_orders (tenant_id, id)
);

-- That a payee agreed to be paid in a way that costs it something.
create table payee_consents (
  tenant_id uuid not null references tenants,
  payee_reference text not null check (length(payee_reference) between 1 and 64),
  rail text not null check (rail in ('virtual-card')),
  text text not null,
  given_at timestamptz not null,
  created_at timestamptz not null,
  primary key (tenant_id, payee_reference, rail)
);

create table payout_fundings (
  tenant_id uuid not null,
  account_id text not null,
  -- The bank's reference of the money that came in.
  reference text not null,
  amount bigint not null check (amount > 0),
  at timestamptz not null,
  primary key (tenant_id, account_id, reference),
  foreign key (tenant_id, account_id) references payout_accounts (tenant_id, id)
);
