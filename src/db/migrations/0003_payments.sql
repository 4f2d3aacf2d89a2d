create table orders (
  tenant_id uuid not null references tenants,
  id uuid not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  status text not null check (status in ('open', 'closed', 'split', 'settled')),
  split_parameters jsonb not null default '{}',
  split_tree_id text,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);
create index orders_by_age on orders (tenant_id, created_at, id);

-- Personal data stands here and nowhere else, so that erasing a person leaves the books whole.
create table customers (
  tenant_id uuid not null references tenants,
  id uuid not null,
  first_name text,
  last_name text,
  email text,
  phone text,
  reference text,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);

create table links (
  tenant_id uuid not null references tenants,
  id uuid not null,
  -- What the payer's address holds: at least 128 random bits, and not the id of the API.
  token text not null check (length(token) >= 22),
  order_id uuid not null,
  customer_id uuid not null,
  origin text not null,
  status text not null check (status in ('created', 'completed', 'expired', 'cancelled')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount > 0 and amount <= 1000000000000),
  items jsonb not null,
  methods jsonb not null,
  -- What the tenant said of the link that the core only carries: addresses, supplier, logo, language, return addresses.
  particulars jsonb not null,
  due_date date,
  expires_at timestamptz not null,
  callback_url text,
  sms_status text not null default 'not_created'
    check (sms_status in ('not_created', 'created', 'pending', 'delivered', 'failed')),
  distributed_by_email boolean not null default false,
  invoice_created boolean not null default false,
  -- The attempt that may still take money; a link has one at most.
  active_payment_id uuid,
  -- The payment that paid it.
  payment_id uuid,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references orders (tenant_id, id),
  foreign key (tenant_id, customer_id) references customers (tenant_id, id),
  check ((status = 'completed') = (payment_id is not null))
);
create unique index links_by_token on links (token);
create index links_by_age on links (tenant_id, created_at, id);
create index links_expiring on links (tenant_id, expires_at) where status = 'created';

create table payments (
  tenant_id uuid not null references tenants,
  id uuid not null,
  order_id uuid not null,
  link_id uuid,
  -- The façade it came in by: its callbacks speak that dialect.
  origin text not null,
  connector text not null,
  method text not null,
  status text not null check (status in ('initiated', 'pending', 'completed', 'declined', 'aborted', 'expired', 'crashed', 'stopped')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount > 0 and amount <= 1000000000000),
  captured bigint not null default 0 check (captured >= 0 and captured <= amount),
  refunding bigint not null default 0 check (refunding >= 0),
  refunded bigint not null default 0 check (refunded >= 0),
  particulars jsonb not null,
  callback_url text,
  -- A second success on a link that was already paid: it is given back, and does not pay the link.
  superseded boolean not null default false,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, order_id) references orders (tenant_id, id),
  foreign key (tenant_id, link_id) references links (tenant_id, id),
  check (refunded + refunding <= captured),
  check ((status = 'completed') = (captured > 0))
);
create index payments_by_order on payments (tenant_id, order_id, created_at);
create index payments_by_age on payments (tenant_id, created_at, id);
create index payments_by_link on payments (tenant_id, link_id, created_at) where link_id is not null;
create unique index payments_one_active_per_link on payments (tenant_id, link_id)
  where link_id is not null and status in ('initiated', 'pending');
create unique index payments_one_success_per_link on payments (tenant_id, link_id)
  where link_id is not null and status = 'completed' and not superseded;

create table payment_transitions (
  tenant_id uuid not null,
  payment_id uuid not null,
  version integer not null check (version > 0),
  from_status text,
  to_status text not null,
  reason text not null,
  at timestamptz not null,
  primary key (tenant_id, payment_id, version),
  foreign key (tenant_id, payment_id) references payments (tenant_id, id),
  check ((version = 1) = (from_status is null))
);
create trigger payment_transitions_insert_only before update or delete on payment_transitions
  for each row execute function refuse_change();

-- One money movement at a processor: its intent, written before anything is sent; its lease; its outcome.
create table operations (
  tenant_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  kind text not null check (kind in ('purchase', 'auth', 'complete', 'refund', 'validate')),
  connector text not null,
  -- Our reference at the processor, for ever the same for this intent.
  reference text not null check (length(reference) between 1 and 35),
  original_reference text,
  -- Whether the payer enters the card on the processor's page, or we charge without them.
  by_page boolean not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount > 0),
  reason text not null default '',
  parameters jsonb not null default '{}',
  status text not null check (status in ('intended', 'awaiting-payer', 'unknown', 'approved', 'declined', 'absent')),
  page_url text,
  sends integer not null check (sends >= 0),
  inquiries integer not null default 0 check (inquiries >= 0),
  sent_at timestamptz,
  -- When the sweeper may take the operation up: the end of the sender's lease, then the next time to ask.
  next_inquiry_at timestamptz not null,
  -- In the tenant's own time: a charge that no payer finished by then is over. Null where no payer is waited for.
  attempt_ends_at timestamptz,
  -- When the processor was last asked because the attempt was over, in wall time.
  end_asked_at timestamptz,
  alarmed_at timestamptz,
  processor_reference text,
  code text,
  message text,
  card jsonb,
  created_at timestamptz not null,
  resolved_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, connector, reference),
  foreign key (tenant_id, payment_id) references payments (tenant_id, id),
  check ((status in ('approved', 'declined', 'absent')) = (resolved_at is not null)),
  check (status <> 'approved' or processor_reference is not null),
  check ((sends = 0) = (sent_at is null))
);
create index operations_by_payment on operations (tenant_id, payment_id, created_at);
create unique index operations_by_processor_reference on operations (tenant_id, connector, processor_reference)
  where status = 'approved';
-- One charge in flight for a payment, whatever the code believes.
create unique index operations_one_open_charge on operations (tenant_id, payment_id)
  where kind in ('purchase', 'auth') and status in ('intended', 'awaiting-payer', 'unknown');
create index operations_ending on operations (tenant_id, attempt_ends_at)
  where status in ('intended', 'awaiting-payer', 'unknown') and attempt_ends_at is not null;
create index operations_open on operations (next_inquiry_at) where status in ('intended', 'awaiting-payer', 'unknown');

-- What reached us about an operation that no longer could change anything: kept, never applied.
create table late_evidence (
  tenant_id uuid not null,
  operation_id uuid not null,
  ordinal integer not null,
  evidence jsonb not null,
  at timestamptz not null,
  primary key (tenant_id, operation_id, ordinal),
  foreign key (tenant_id, operation_id) references operations (tenant_id, id)
);

create table messages (
  tenant_id uuid not null references tenants,
  id uuid not null,
  medium text not null check (medium in ('sms', 'email')),
  recipient text not null,
  subject text,
  body text not null,
  link_id uuid,
  -- One request sends one message, however often the request is repeated.
  request_key text not null,
  status text not null check (status in ('queued', 'sending', 'sent', 'failed', 'unknown')),
  channel text,
  provider_reference text,
  detail text,
  lease_until timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, request_key)
);
create index messages_waiting on messages (created_at) where status in ('queued', 'sending');
create index messages_by_age on messages (tenant_id, created_at, id);

create table documents (
  tenant_id uuid not null references tenants,
  id uuid not null,
  kind text not null check (kind in ('receipt')),
  payment_id uuid not null,
  number text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, kind, payment_id),
  foreign key (tenant_id, payment_id) references payments (tenant_id, id)
);
