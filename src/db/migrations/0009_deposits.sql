alter table payments drop constraint payments_status_check;
alter table payments add constraint payments_status_check check (status in ('initiated', 'pending', 'underfunded', 'funded',
  'overfunded', 'authorised', 'completed', 'validated', 'declined', 'aborted', 'expired', 'crashed', 'stopped', 'cancelled'));

-- A deposit comes unasked, also while a payer is at a processor's page: it has a limit of its own.
drop index payments_one_active_per_link;
create unique index payments_one_active_per_link on payments (tenant_id, link_id)
  where link_id is not null and status in ('initiated', 'pending', 'authorised') and method <> 'deposit';
create unique index payments_one_deposit_per_link on payments (tenant_id, link_id)
  where link_id is not null and status in ('initiated', 'pending', 'underfunded', 'funded', 'overfunded') and method = 'deposit';

-- What had come when a payment that is paid by deposits took this step: by the last deposit, and in all.
alter table payment_transitions add column received bigint check (received >= 0);
alter table payment_transitions add column received_total bigint check (received_total >= 0);
alter table payment_transitions add check ((received is null) = (received_total is null));

-- The number a payer writes on a transfer, by which it is known what for. Never given twice.
create table deposit_references (
  tenant_id uuid not null references tenants,
  reference text not null check (reference ~ '^[0-9]{2,25}$'),
  kind text not null check (kind in ('ocr', 'kid')),
  link_id uuid,
  payment_id uuid,
  -- Whether the payment is completed as soon as exactly its amount is there, or waits for the tenant to say so.
  complete_when_funded boolean not null,
  document_name text,
  created_at timestamptz not null,
  primary key (tenant_id, reference),
  unique (tenant_id, link_id),
  unique (tenant_id, payment_id),
  foreign key (tenant_id, link_id) references links (tenant_id, id),
  foreign key (tenant_id, payment_id) references payments (tenant_id, id),
  check ((link_id is null) <> (payment_id is null))
);

-- The link repeats its invoice's number, which every list of links tells.
alter table links add column ocr text;
alter table links add check (invoice_created = (ocr is not null));

-- Money that came into the tenant's bank account. Every unit of it is in one of four places, each with a ledger account.
create table deposits (
  tenant_id uuid not null references tenants,
  id uuid not null,
  -- The bank's own name for the transfer: told once or often, it is one deposit.
  bank_reference text not null check (length(bank_reference) between 1 and 100),
  reference text check (length(reference) between 1 and 140),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount > 0 and amount <= 1000000000000),
  unallocated bigint not null check (unallocated >= 0),
  matched bigint not null default 0 check (matched >= 0),
  surplus bigint not null default 0 check (surplus >= 0),
  returned bigint not null default 0 check (returned >= 0),
  link_id uuid,
  payment_id uuid,
  version integer not null default 1,
  received_at timestamptz not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, bank_reference),
  foreign key (tenant_id, link_id) references links (tenant_id, id),
  foreign key (tenant_id, payment_id) references payments (tenant_id, id),
  check (unallocated + matched + surplus + returned = amount),
  check (matched = 0 or payment_id is not null)
);
create index deposits_by_age on deposits (tenant_id, created_at, id);
create index deposits_by_payment on deposits (tenant_id, payment_id) where payment_id is not null;
create index deposits_unallocated on deposits (tenant_id, created_at, id) where unallocated > 0;
create index deposits_surplus on deposits (tenant_id, created_at, id) where surplus > 0;

-- Money of a deposit that went back, under the bank's name for the transfer back.
create table deposit_returns (
  tenant_id uuid not null,
  id uuid not null,
  deposit_id uuid not null,
  bank_reference text not null check (length(bank_reference) between 1 and 100),
  amount bigint not null check (amount > 0),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, bank_reference),
  foreign key (tenant_id, deposit_id) references deposits (tenant_id, id)
);
create index deposit_returns_by_deposit on deposit_returns (tenant_id, deposit_id);
