-- Who asked for the end of a charge that waits for its payer: written down before the processor is asked.
alter table operations add column cancel_asked_by text check (cancel_asked_by in ('payer', 'tenant'));
