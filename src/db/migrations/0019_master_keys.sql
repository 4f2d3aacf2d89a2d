-- What the installation itself keeps secret, sealed under a master key. The pepper is the key of all digests: it must
-- outlive the master key it was once made under.
create table installation_secrets (
  name text primary key check (name = 'pepper'),
  secret_sealed text not null,
  created_at timestamptz not null
);
