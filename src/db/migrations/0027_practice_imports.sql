-- A practice's objects that arrive as a stream, before any of them counts. They are applied in one transaction once all of
-- them are here, and are gone after it; an import that dies leaves them to the sweep.
create table practice_imports (
  tenant_id uuid not null references tenants,
  id uuid not null,
  kind text not null check (kind in ('department', 'user', 'client', 'phonenumber', 'paymentmethod', 'invoice')),
  started_at timestamptz not null,
  primary key (tenant_id, id)
);
create index practice_imports_by_start on practice_imports (started_at);

create table practice_import_rows (
  tenant_id uuid not null,
  import_id uuid not null,
  external_id text not null check (length(external_id) between 1 and 100),
  -- Where it stands in what was sent: of several with one external id the last counts.
  line integer not null check (line > 0),
  fields jsonb not null,
  -- External ids of others, by the name under which their ids are kept.
  refers_to jsonb not null,
  primary key (tenant_id, import_id, external_id, line),
  foreign key (tenant_id, import_id) references practice_imports (tenant_id, id) on delete cascade
);
