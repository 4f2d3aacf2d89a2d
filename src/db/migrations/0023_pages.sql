-- Lists of post-transactions are paged by number: the rows of the pages before are passed over in these, without being read.
create index postransactions_by_department on postransactions (tenant_id, department_id, id) include (created_at);
create index postransactions_by_age on postransactions (tenant_id, created_at, id);
