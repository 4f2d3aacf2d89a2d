-- Money that is held on a card and not yet taken: authorised, then captured or let go.
alter table payments
  -- Reserved by a capture under way.
  add column capturing bigint not null default 0 check (capturing >= 0),
  -- How long the processor holds the money, for payments that lapse by themselves.
  add column authorisation_ms integer check (authorisation_ms > 0),
  -- In the tenant's own time: not captured by then, it is let go.
  add column lapses_at timestamptz,
  -- Set where the caller's dialect lets more be taken than was held.
  add column over_capture boolean not null default false;

alter table payments drop constraint payments_status_check, drop constraint payments_check;
alter table payments
  add constraint payments_status_check check (status in ('initiated', 'pending', 'authorised', 'completed', 'validated', 'declined', 'aborted',
    'expired', 'crashed', 'stopped', 'cancelled')),
  add constraint payments_captured_within check (captured >= 0 and (captured <= amount or over_capture)),
  add constraint payments_capturing_within check (capturing <= amount or over_capture),
  add constraint payments_capturing_authorised check (capturing = 0 or status = 'authorised');

create index payments_lapsing on payments (tenant_id, lapses_at) where status = 'authorised' and lapses_at is not null;

-- Money held is as good as an attempt under way: nobody else may pay the link meanwhile.
drop index payments_one_active_per_link;
create unique index payments_one_active_per_link on payments (tenant_id, link_id)
  where link_id is not null and status in ('initiated', 'pending', 'authorised');

alter table operations drop constraint operations_kind_check;
alter table operations
  add constraint operations_kind_check check (kind in ('purchase', 'auth', 'complete', 'refund', 'validate', 'void'));
-- One capture in flight for a payment, whatever the code believes.
create unique index operations_one_open_capture on operations (tenant_id, payment_id)
  where kind = 'complete' and status in ('intended', 'awaiting-payer', 'unknown');
