-- A payment that somebody has yet to claim: what is to be paid, who took it up, and how it is settled. Its id is a ULID's
-- 128 bits.
create table claims (
  tenant_id uuid not null references tenants,
  id uuid not null,
  origin text not null,
  status text not null check (status in ('initial', 'claimed', 'authorised', 'pending', 'settled', 'denied', 'cancelled')),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  amount bigint not null check (amount > 0 and amount <= 1000000000000),
  -- How the amount comes about, as it was given; it need not add up.
  tax bigint not null check (tax >= 0),
  shipping bigint not null check (shipping >= 0),
  subtotal bigint not null check (subtotal >= 0),
  reference text,
  capture text not null check (capture in ('now', 'later')),
  prescription_required boolean not null,
  -- Exactly as given, and used so.
  success_url text not null,
  failure_url text not null,
  cancel_url text not null,
  callback_url text,
  -- Who claimed it: recognised by a digest, reached by what stands with the customer.
  customer_id uuid,
  contact_digest bytea check (octet_length(contact_digest) = 32),
  session_digest bytea check (octet_length(session_digest) = 32),
  -- The attempt that may still take money; a claim has one at most.
  active_payment_id uuid,
  -- The payment that paid it.
  payment_id uuid,
  version integer not null default 1,
  created_at timestamptz not null,
  updated_at timestamptz,
  -- In wall time: how long its token is good.
  token_until timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, customer_id) references customers (tenant_id, id),
  check ((status in ('pending', 'settled', 'denied')) = (payment_id is not null)),
  check (status in ('initial', 'cancelled') or customer_id is not null),
  check ((customer_id is null) = (contact_digest is null))
);
create unique index claims_by_id on claims (id);

alter table payments
  add column claim_id uuid,
  add foreign key (tenant_id, claim_id) references claims (tenant_id, id);
create index payments_by_claim on payments (tenant_id, claim_id, created_at) where claim_id is not null;
create unique index payments_one_active_per_claim on payments (tenant_id, claim_id)
  where claim_id is not null and status in ('initiated', 'pending', 'authorised');
create unique index payments_one_success_per_claim on payments (tenant_id, claim_id)
  where claim_id is not null and status = 'completed' and not superseded;

-- One-time codes by which a person proves to read a phone or mailbox. Everything here is in wall time.
create table contact_codes (
  tenant_id uuid not null references tenants,
  id uuid not null,
  claim_id uuid not null,
  contact_digest bytea not null check (octet_length(contact_digest) = 32),
  code_digest bytea not null check (octet_length(code_digest) = 32),
  wrong_tries integer not null default 0 check (wrong_tries between 0 and 5),
  used_at timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, claim_id) references claims (tenant_id, id)
);
create index contact_codes_by_contact on contact_codes (tenant_id, contact_digest, created_at);

-- Documents of claims, encrypted each under a key of its own that the master key wraps.
create table uploads (
  tenant_id uuid not null references tenants,
  id uuid not null,
  claim_id uuid not null,
  kind text not null check (kind in ('other', 'invoice', 'prescription', 'certificate', 'test-result')),
  uploaded_by text not null check (uploaded_by in ('merchant', 'payer')),
  bytes integer not null check (bytes between 1 and 10485760),
  key_sealed text not null,
  nonce bytea not null check (octet_length(nonce) = 12),
  tag bytea not null check (octet_length(tag) = 16),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, claim_id) references claims (tenant_id, id)
);
create index uploads_by_claim on uploads (tenant_id, claim_id, created_at);

create table upload_pieces (
  tenant_id uuid not null,
  upload_id uuid not null,
  ordinal integer not null check (ordinal >= 0),
  ciphertext bytea not null,
  primary key (tenant_id, upload_id, ordinal),
  foreign key (tenant_id, upload_id) references uploads (tenant_id, id)
);

-- What a tenant has stored, so that a quota is one row to look at.
create table upload_totals (
  tenant_id uuid primary key references tenants,
  bytes bigint not null check (bytes >= 0)
);

-- The installation's own signing keys: the private half sealed, the public half there for everybody.
create table signing_keys (
  id uuid primary key,
  purpose text not null check (purpose in ('claim-token', 'claim-callback')),
  -- JWK of an EC key, or a PEM certificate.
  published text not null,
  private_key_sealed text not null,
  created_at timestamptz not null,
  -- Signs from then on; until then it is only published, so that nobody meets a signature by a key never seen.
  active_at timestamptz not null,
  unique (purpose, active_at)
);

-- A payment may be made in a merchant's name by its id alone, where its tenant lets that be.
create index merchants_by_id on merchants (id);

-- One-time codes, and what a payer has to know.
alter table messages drop constraint messages_kind_check;
alter table messages add constraint messages_kind_check check (kind in ('invitation', 'reminder', 'code', 'notice'));
