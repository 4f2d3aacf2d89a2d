-- Who wants to be told of what, at which address, signed with which key; and whether its circuit is open.
create table event_subscriptions (
  tenant_id uuid not null references tenants,
  id uuid not null,
  -- The façade whose words it is told in.
  dialect text not null,
  url text not null,
  -- As the dialect calls them, and as the log does.
  event_names text[] not null check (cardinality(event_names) > 0),
  event_types text[] not null,
  key_sealed text,
  -- `open`: it did not answer, and is told nothing until it is reopened. `ended`: it is over.
  status text not null check (status in ('active', 'open', 'ended')),
  created_at timestamptz not null,
  primary key (tenant_id, id),
  constraint event_subscriptions_key_check check ((status = 'ended') = (key_sealed is null))
);
create index event_subscriptions_current on event_subscriptions (tenant_id, created_at, id) where status <> 'ended';

alter table callbacks add column subscription_id uuid;
-- Set when the receiver says that it has seen what it missed.
alter table callbacks add column acknowledged_at timestamptz;
alter table callbacks add constraint callbacks_subscription_fkey
  foreign key (tenant_id, subscription_id) references event_subscriptions (tenant_id, id);
-- Two subscriptions may have one address.
alter table callbacks drop constraint callbacks_tenant_id_event_id_url_key;
alter table callbacks add constraint callbacks_once_key unique nulls not distinct (tenant_id, event_id, url, subscription_id);
create index callbacks_missed on callbacks (tenant_id, subscription_id, created_at, id)
  where subscription_id is not null and status = 'dead' and acknowledged_at is null;
