-- A tenant row is one book: its mode is part of what it is. Live and test are two tenants of one organisation, so no
-- query can forget to say which of the two it means.
create table tenants (
  id uuid primary key,
  organisation_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  mode text not null check (mode in ('test', 'live')),
  country text not null check (country ~ '^[A-Z]{2}$'),
  zone text not null,
  -- How far this tenant's clock runs ahead of the wall clock. Live tenants live in real time.
  clock_offset_ms bigint not null default 0 check (clock_offset_ms >= 0),
  settings jsonb not null default '{}',
  callback_public_key text,
  callback_private_key_sealed text,
  created_at timestamptz not null,
  check (mode = 'test' or clock_offset_ms = 0)
);

create table credentials (
  tenant_id uuid not null references tenants,
  id uuid not null,
  facade text not null,
  -- The public part by which a credential is found; the secret itself is kept only as a keyed digest.
  lookup text not null,
  digest bytea not null check (octet_length(digest) = 32),
  label text not null default '',
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz,
  last_used_at timestamptz,
  primary key (tenant_id, id)
);
create index credentials_by_lookup on credentials (facade, lookup);

create table merchants (
  tenant_id uuid not null references tenants,
  id uuid not null,
  name text not null,
  organisation_number text,
  created_at timestamptz not null,
  primary key (tenant_id, id)
);

-- A tenant's account at a processor: its user ids and keys, sealed with the master key.
create table connector_accounts (
  tenant_id uuid not null references tenants,
  connector text not null,
  account_sealed text not null,
  created_at timestamptz not null,
  primary key (tenant_id, connector)
);

-- One row per Idempotency-Key, written in the transaction of what the request did, with what it is answered.
create table idempotency_keys (
  tenant_id uuid not null references tenants,
  scope text not null,
  key text not null check (length(key) between 1 and 255),
  input_hash bytea not null,
  result jsonb,
  created_at timestamptz not null,
  primary key (tenant_id, scope, key)
);
create index idempotency_keys_by_age on idempotency_keys (created_at);

-- The ordered log of what happened. `sequence` is given after commit by a sequencer, so no counter row is hot.
create table events (
  tenant_id uuid not null references tenants,
  id uuid not null,
  position bigint generated always as identity,
  sequence bigint,
  type text not null,
  subject_kind text not null,
  subject_id uuid not null,
  subject_version integer not null,
  data jsonb not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, sequence),
  unique (tenant_id, subject_id, type, subject_version)
);
create index events_unsequenced on events (tenant_id, position) where sequence is null;

create table callbacks (
  tenant_id uuid not null references tenants,
  id uuid not null,
  event_id uuid not null,
  dialect text not null,
  url text not null,
  subject_id uuid not null,
  subject_version integer not null,
  status text not null check (status in ('pending', 'delivered', 'dead')),
  attempts integer not null default 0 check (attempts >= 0),
  -- In the tenant's own time; leases are in wall time.
  due_at timestamptz not null,
  lease_until timestamptz,
  last_status integer,
  last_error text,
  delivered_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, event_id, url),
  foreign key (tenant_id, event_id) references events (tenant_id, id)
);
create index callbacks_due on callbacks (tenant_id, due_at) where status = 'pending';
create index callbacks_by_subject on callbacks (tenant_id, subject_id, url, subject_version) where status = 'pending';
