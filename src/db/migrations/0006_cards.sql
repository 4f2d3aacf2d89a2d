alter table customers add column address jsonb;

-- A card that its holder let us keep: the processor's token, sealed, and what may be shown of the card.
create table cards (
  tenant_id uuid not null references tenants,
  id uuid not null,
  customer_id uuid not null,
  connector text not null,
  -- Null until the processor has accepted the card, and again once the card is deleted.
  token_sealed text,
  brand text,
  -- First six and last two digits: no more is ever stored.
  masked_number text check (masked_number ~ '^[0-9]{6}[.]+[0-9]{2}$'),
  expiry text,
  holder_name text,
  -- What the holder agreed to by entering the card, and when.
  consent text not null,
  created_at timestamptz not null,
  stored_at timestamptz,
  deleted_at timestamptz,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customers (tenant_id, id),
  check ((token_sealed is not null) = (stored_at is not null and deleted_at is null))
);
create index cards_by_customer on cards (tenant_id, customer_id, created_at) where stored_at is not null;

alter table payments
  add column customer_id uuid,
  add column subscription_id uuid,
  add foreign key (tenant_id, customer_id) references customers (tenant_id, id);
create index payments_by_customer on payments (tenant_id, customer_id, created_at) where customer_id is not null;
-- A card that was only validated took nothing.
alter table payments drop constraint payments_status_check;
alter table payments add constraint payments_status_check check (status in
  ('initiated', 'pending', 'completed', 'validated', 'declined', 'aborted', 'expired', 'crashed', 'stopped'));

-- The card that is charged; of an operation by page, the card that is to be kept of it.
alter table operations
  add column card_id uuid,
  add foreign key (tenant_id, card_id) references cards (tenant_id, id);
