-- OAuth2 applications that act for a tenant once it agreed: a client credential, and where its users may be sent back to.
create table applications (
  tenant_id uuid not null,
  credential_id uuid not null,
  -- A public one cannot keep a secret: nobody was told it.
  is_public boolean not null,
  redirect_uris text[] not null check (cardinality(redirect_uris) between 1 and 10),
  primary key (tenant_id, credential_id),
  foreign key (tenant_id, credential_id) references credentials (tenant_id, id)
);

-- What a tenant agreed to: a code that is exchanged once, and all tokens that came of it. Times are wall time.
create table grants (
  tenant_id uuid not null,
  id uuid not null,
  credential_id uuid not null,
  redirect_uri text not null,
  -- S256 of RFC 7636.
  challenge text not null check (length(challenge) = 43),
  code_digest bytea not null unique check (octet_length(code_digest) = 32),
  code_expires_at timestamptz not null,
  redeemed_at timestamptz,
  revoked_at timestamptz,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, credential_id) references applications (tenant_id, credential_id)
);

create table refresh_tokens (
  tenant_id uuid not null,
  digest bytea primary key check (octet_length(digest) = 32),
  grant_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  foreign key (tenant_id, grant_id) references grants (tenant_id, id)
);
create index refresh_tokens_by_grant on refresh_tokens (tenant_id, grant_id);
create index refresh_tokens_by_end on refresh_tokens (expires_at);

alter table access_tokens add column grant_id uuid;
alter table access_tokens add foreign key (tenant_id, grant_id) references grants (tenant_id, id);
create index access_tokens_by_grant on access_tokens (tenant_id, grant_id) where grant_id is not null;
