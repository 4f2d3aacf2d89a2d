-- Batches of payouts: what stands in one is counted as it is added, under the batch's lock.
alter table payout_batches add column funding_type text not null default 'PreFundedSameDay';
alter table payout_batches alter column funding_type drop default;
alter table payout_batches add column total bigint not null default 0 check (total >= 0);
alter table payout_batches add column payouts integer not null default 0 check (payouts >= 0);
drop index payout_batches_open;
create index payout_batches_open on payout_batches (tenant_id, id) where status in ('held', 'funding', 'processing');
