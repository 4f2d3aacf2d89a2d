-- What is handed to banks and told to payees names account numbers in plain: it is kept sealed, like the numbers themselves.
-- Nothing in SQL can seal what stands there. A file that still waits for its handover must not be lost, all others are done.
do $$ begin
  if exists (select from payout_files where status = 'cut') then
    raise exception 'payout files still wait to be handed over: let the version before this one hand them over first';
  end if;
end $$;
alter table payout_files drop column content;
-- Null only of a file from before.
alter table payout_files add column content_sealed text;
alter table payout_files add constraint payout_files_content_check check (status <> 'cut' or content_sealed is not null);
alter table payout_attempts drop column remittance;
alter table payout_attempts add column remittance_sealed text;
