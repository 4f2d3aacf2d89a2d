-- What a message is sent for, what became of it after it was handed over, and where its reader turns reminders off.
alter table messages
  add column kind text not null default 'invitation' check (kind in ('invitation', 'reminder')),
  -- What the network reported of the message: nothing yet, or one of these.
  add column delivery text check (delivery in ('delivered', 'failed')),
  add column opt_out_url text,
  -- How often it was handed over and turned away for the time being.
  add column attempts integer not null default 0 check (attempts >= 0),
  -- When it may be handed over, in wall time; null is at once.
  add column due_at timestamptz;
create index messages_by_link on messages (tenant_id, link_id, created_at) where link_id is not null;
-- Whom a reply to a sender that several tenants share may have been meant for.
create index messages_by_recipient on messages (medium, recipient);

-- In the tenant's own time; null where nobody is to be reminded any more.
alter table links add column next_reminder_at timestamptz;
create index links_reminding on links (tenant_id, next_reminder_at)
  where status = 'created' and next_reminder_at is not null;

-- Who wants no more reminders from a tenant. The address itself is not kept: it need only be recognised.
create table opt_outs (
  tenant_id uuid not null references tenants,
  medium text not null check (medium in ('sms', 'email')),
  digest bytea not null check (octet_length(digest) = 32),
  created_at timestamptz not null,
  primary key (tenant_id, medium, digest)
);
