-- An intent keeps its tenant's row from being locked whole until it is written, so that whoever changes or forgets the
-- account it will be sent to either sees it or comes first.
alter table operations
  add constraint operations_tenant_id_fkey foreign key (tenant_id) references tenants (id);
