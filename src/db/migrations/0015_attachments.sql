-- Papers that a tenant keeps with a payment. They may say what somebody was treated for: sealed, and read by the tenant alone.
create table attachments (
  tenant_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  kind text not null check (length(kind) between 1 and 50),
  name text not null check (length(name) between 1 and 200),
  media_type text not null check (media_type in ('application/pdf', 'image/png', 'image/jpeg')),
  size integer not null check (size > 0),
  content_sealed text not null,
  created_at timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, payment_id) references payments (tenant_id, id)
);
create index attachments_by_age on attachments (tenant_id, created_at, id);
create index attachments_by_payment on attachments (tenant_id, payment_id, created_at, id);
