-- A plan a customer pays for by a kept card, at every interval, until its term is over or it is ended.
create table subscriptions (
  tenant_id uuid not null references tenants,
  id uuid not null,
  customer_id uuid not null,
  order_id uuid not null,
  -- The card it is paid from; none before somebody has enrolled.
  card_id uuid,
  -- What the payer's page is found by: at least 128 random bits, and not the id of the API.
  token text not null check (length(token) >= 22),
  origin text not null,
  status text not null check (status in ('new', 'active', 'suspended', 'cancelled', 'completed')),
  description text not null,
  every text not null check (every in ('daily', 'weekly', 'fortnightly', 'monthly', 'quarterly', 'yearly')),
  interval_count integer not null check (interval_count > 0),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount > 0 and amount <= 1000000000000),
  -- Taken at enrolment in place of the first amount; 0 takes nothing.
  initial_amount bigint check (initial_amount >= 0 and initial_amount <= 1000000000000),
  auto_renew boolean not null,
  redirect_url text,
  -- Dates are counted from the anchor in this zone, never from one date to the next.
  zone text not null,
  anchor_at timestamptz,
  -- The first cycle that is not paid; the enrolment is cycle 0.
  next_cycle integer not null default 0 check (next_cycle >= 0),
  -- Failed attempts in a row.
  strikes integer not null default 0 check (strikes between 0 and 3),
  -- In the tenant's time: when the next attempt is to be made. Null while one is under way.
  due_at timestamptz,
  version integer not null default 1,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customers (tenant_id, id),
  foreign key (tenant_id, order_id) references orders (tenant_id, id),
  foreign key (tenant_id, card_id) references cards (tenant_id, id),
  check (status in ('new', 'cancelled') or (anchor_at is not null and card_id is not null)),
  check (due_at is null or status = 'active')
);
create unique index subscriptions_by_token on subscriptions (token);
create index subscriptions_by_customer on subscriptions (tenant_id, customer_id, created_at);
create index subscriptions_by_age on subscriptions (tenant_id, created_at);
create index subscriptions_by_card on subscriptions (tenant_id, card_id) where card_id is not null;
create index subscriptions_due on subscriptions (tenant_id, due_at) where due_at is not null;

create table subscription_transitions (
  tenant_id uuid not null,
  subscription_id uuid not null,
  version integer not null check (version > 0),
  from_status text,
  to_status text not null,
  reason text not null,
  at timestamptz not null,
  primary key (tenant_id, subscription_id, version),
  foreign key (tenant_id, subscription_id) references subscriptions (tenant_id, id),
  check ((version = 1) = (from_status is null))
);
create index subscription_transitions_by_time on subscription_transitions (tenant_id, at);
create trigger subscription_transitions_insert_only before update or delete on subscription_transitions
  for each row execute function refuse_change();

-- Each try to take a cycle's money. A cycle is paid once, and one try at a time is under way, whatever the code believes.
create table subscription_attempts (
  tenant_id uuid not null,
  subscription_id uuid not null,
  cycle integer not null check (cycle >= 0),
  attempt integer not null check (attempt > 0),
  payment_id uuid not null,
  -- Surplus: money that came for a cycle that was paid otherwise, or for a plan nobody wanted any more.
  status text not null check (status in ('open', 'paid', 'failed', 'surplus')),
  at timestamptz not null,
  primary key (tenant_id, subscription_id, cycle, attempt),
  unique (tenant_id, payment_id),
  foreign key (tenant_id, subscription_id) references subscriptions (tenant_id, id),
  foreign key (tenant_id, payment_id) references payments (tenant_id, id)
);
create unique index subscription_attempts_one_per_cycle on subscription_attempts (tenant_id, subscription_id, cycle)
  where status in ('open', 'paid');
create unique index subscription_attempts_one_open on subscription_attempts (tenant_id, subscription_id)
  where status = 'open';

alter table payments add foreign key (tenant_id, subscription_id) references subscriptions (tenant_id, id);
create index payments_by_subscription on payments (tenant_id, subscription_id, created_at) where subscription_id is not null;

-- Which plans are paid from the card once it is kept: the one it was entered for, or all of its holder's.
alter table cards
  add column takes_over text check (takes_over in ('one', 'all')),
  -- In the tenant's time: when the holder is told that it is about to expire.
  add column warn_at timestamptz;
create index cards_warning on cards (tenant_id, warn_at) where warn_at is not null;
