-- Which account of the façade a credential is for, where its API knows several accounts of one tenant.
alter table credentials add column account text check (length(account) between 1 and 64);

-- OAuth2 bearer tokens: opaque, kept only as a keyed digest, as good as the client credential they were given for.
create table access_tokens (
  tenant_id uuid not null references tenants,
  digest bytea not null check (octet_length(digest) = 32),
  facade text not null,
  credential_id uuid not null,
  created_at timestamptz not null,
  -- In wall time; null for the demo's printed tokens alone.
  expires_at timestamptz,
  primary key (tenant_id, digest),
  foreign key (tenant_id, credential_id) references credentials (tenant_id, id)
);
create unique index access_tokens_by_digest on access_tokens (digest);
create index access_tokens_by_end on access_tokens (expires_at) where expires_at is not null;
