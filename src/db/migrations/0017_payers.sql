-- The customer under whom the cards of a practice's client are kept: one for each client, made when the first card is.
create table practice_payers (
  tenant_id uuid not null,
  client_id bigint not null,
  kind text not null default 'client' check (kind = 'client'),
  customer_id uuid not null,
  primary key (tenant_id, client_id),
  foreign key (tenant_id, kind, client_id) references practice_objects (tenant_id, kind, id),
  foreign key (tenant_id, customer_id) references customers (tenant_id, id)
);
