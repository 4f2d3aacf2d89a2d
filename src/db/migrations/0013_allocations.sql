-- How an order's money is divided beside its items, as the façade read it.
alter table orders add column shares jsonb not null default '[]';

-- One disbursement hands over what an order's settling has made due, in one currency, to all who have a share in it.
create table disbursements (
  tenant_id uuid not null references tenants,
  id uuid not null,
  order_id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null,
  callback_url text,
  disbursed_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references orders (tenant_id, id)
);
create index disbursements_by_age on disbursements (tenant_id, disbursed_at, id);

-- What one recipient is paid of a disbursement.
create table payouts (
  tenant_id uuid not null references tenants,
  id uuid not null,
  disbursement_id uuid not null,
  recipient_type text not null check (recipient_type in ('tenant', 'merchant', 'payment_facilitator')),
  merchant_id uuid,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null,
  completed_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, disbursement_id) references disbursements (tenant_id, id),
  foreign key (tenant_id, merchant_id) references merchants (tenant_id, id),
  check ((recipient_type = 'merchant') = (merchant_id is not null))
);
create index payouts_by_age on payouts (tenant_id, completed_at, id);
create unique index payouts_one_per_recipient on payouts (tenant_id, disbursement_id, recipient_type, merchant_id) nulls not distinct;

-- Whose an order's money is, since it was split: one row for each item, share and round. Later rounds hold the
-- differences that late news of a payment made.
create table allocations (
  tenant_id uuid not null references tenants,
  id uuid not null,
  order_id uuid not null,
  payment_id uuid not null,
  round integer not null check (round > 0),
  -- Which item of the payment, and which share of it: 0 is what the item's own recipient keeps.
  item integer not null check (item >= 0),
  share integer not null check (share >= 0),
  recipient_type text not null check (recipient_type in ('tenant', 'merchant', 'payment_facilitator')),
  merchant_id uuid,
  item_merchant_id uuid,
  recipient_name text not null,
  label text,
  reference text not null,
  metadata jsonb not null default '{}',
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount <> 0),
  allocated_at timestamptz not null,
  settled_at timestamptz,
  disbursement_id uuid,
  payout_id uuid,
  primary key (tenant_id, id),
  unique (tenant_id, payment_id, round, item, share),
  foreign key (tenant_id, order_id) references orders (tenant_id, id),
  foreign key (tenant_id, payment_id) references payments (tenant_id, id),
  foreign key (tenant_id, merchant_id) references merchants (tenant_id, id),
  foreign key (tenant_id, disbursement_id) references disbursements (tenant_id, id),
  foreign key (tenant_id, payout_id) references payouts (tenant_id, id),
  check ((recipient_type = 'merchant') = (merchant_id is not null)),
  check ((settled_at is null) = (disbursement_id is null) and (settled_at is null) = (payout_id is null))
);
create index allocations_by_age on allocations (tenant_id, allocated_at, id);
create index allocations_by_order on allocations (tenant_id, order_id);
create index allocations_by_disbursement on allocations (tenant_id, disbursement_id) where disbursement_id is not null;
create index allocations_by_payout on allocations (tenant_id, payout_id) where payout_id is not null;
create index allocations_by_merchant on allocations (tenant_id, merchant_id, allocated_at, id) where merchant_id is not null;

-- Whoever divides a payment divides all that is left of it, once: neither an öre more nor one less.
create function check_allocations() returns trigger language plpgsql as $$
begin
  if exists (
    select 1 from payments p where p.tenant_id = new.tenant_id and p.id = new.payment_id
      and p.captured - p.refunded <> (select sum(a.amount) from allocations a
        where a.tenant_id = new.tenant_id and a.payment_id = new.payment_id)) then
    raise exception 'the allocations of payment % are not what is left of it', new.payment_id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger allocations_sum after insert on allocations
  deferrable initially deferred for each row execute function check_allocations();

-- Whether whoever runs the installation has looked into a merchant, and what its tenant said of it.
alter table merchants
  add column status text not null default 'approved' check (status in ('created', 'pending', 'approved', 'denied')),
  add column given jsonb not null default '{}',
  add column version integer not null default 1;
