import type { Queryable, Transaction } from '#db/database.ts';
import type { Medium } from '#kit/channel.ts';
import type { LinkId, TenantId } from '#kit/ids.ts';
import type { Delivery, Message, MessageStatus, NewMessage } from './message.ts';
import type { ReportedMessage } from './report-token.ts';

const columns = `m.id, m.tenant_id as "tenantId", m.medium, m.kind, m.recipient, m.subject, m.body, m.opt_out_url as "optOutUrl",
  m.link_id as "linkId", m.status, m.delivery, m.attempts, m.created_at as "createdAt"`;

export async function insertMessage(
  transaction: Transaction,
  id: string,
  message: NewMessage,
): Promise<void> {
  transaction.write(
    `insert into messages (tenant_id, id, medium, kind, recipient, subject, body, opt_out_url, link_id, request_key, status,
       created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'queued', $11) on conflict (tenant_id, request_key) do nothing`,
    [
      message.tenantId,
      id,
      message.medium,
      message.kind,
      message.recipient,
      message.subject,
      message.body,
      message.optOutUrl,
      message.linkId,
      message.requestKey,
      message.createdAt,
    ],
    'insert-message',
  );
}

/**
 * Takes waiting messages for sending. One whose sender vanished in the middle may have gone out: it becomes unknown. A
 * reminder that nobody needs any more becomes failed.
 */
export async function claimWaiting(
  queryable: Queryable,
  claim: { wallNow: Date; leaseUntil: Date; limit: number; tenantId: TenantId | null },
): Promise<Message[]> {
  return queryable.query<Message>(
    `update messages m
     set status = case when m.status = 'sending' then 'unknown' when due.is_late then 'failed' else 'sending' end,
         detail = case when m.status = 'queued' and due.is_late then 'the link was over before it was sent' else m.detail end,
         lease_until = case when m.status = 'queued' and not due.is_late then $2::timestamptz end
     from (
       select w.tenant_id, w.id, w.kind = 'reminder' and not exists (
         select 1 from links l where l.tenant_id = w.tenant_id and l.id = w.link_id and l.status = 'created') as is_late
       from messages w
       where ((w.status = 'queued' and (w.due_at is null or w.due_at <= $1)) or (w.status = 'sending' and w.lease_until <= $1))
         and ($4::uuid is null or w.tenant_id = $4)
       order by w.created_at limit $3 for update of w skip locked) due
     where m.tenant_id = due.tenant_id and m.id = due.id
     returning ${columns}`,
    [claim.wallNow, claim.leaseUntil, claim.limit, claim.tenantId],
    'claim-waiting-messages',
  );
}

/** Writes down how the sending ended, unless a report has told more meanwhile: that only gains its particulars. */
export async function updateSent(
  transaction: Transaction,
  message: Message,
  result: {
    status: MessageStatus;
    channel: string;
    providerReference: string | null;
    detail: string | null;
    delivery: Delivery | null;
  },
): Promise<Message | undefined> {
  const rows = await transaction.query<Message>(
    `update messages m set status = case when m.status = 'sending' then $3 else m.status end, channel = $4,
       provider_reference = $5, detail = coalesce(m.detail, $6), delivery = coalesce(m.delivery, $7), lease_until = null
     where m.tenant_id = $1 and m.id = $2 and (m.status = 'sending' or m.delivery is not null) returning ${columns}`,
    [
      message.tenantId,
      message.id,
      result.status,
      result.channel,
      result.providerReference,
      result.detail,
      result.delivery,
    ],
  );
  return rows[0];
}

/** Puts back a message that was surely not taken, to be handed over again later. */
export async function updateDeferred(
  transaction: Transaction,
  message: Message,
  deferral: { dueAt: Date; channel: string; detail: string | null },
): Promise<void> {
  transaction.write(
    `update messages set status = 'queued', attempts = attempts + 1, due_at = $3, channel = $4, detail = $5, lease_until = null
     where tenant_id = $1 and id = $2 and status = 'sending'`,
    [message.tenantId, message.id, deferral.dueAt, deferral.channel, deferral.detail],
  );
}

/** Keeps a report, unless it says nothing new; undefined then, and where there is no such message. */
export async function updateDelivery(
  transaction: Transaction,
  reported: ReportedMessage,
  report: { channel: string; delivery: Delivery; detail: string | null },
): Promise<Message | undefined> {
  const rows = await transaction.query<Message>(
    `update messages m set delivery = $4, status = 'sent', channel = $3, detail = coalesce($5, m.detail), lease_until = null
     where m.tenant_id = $1 and m.id = $2 and (m.channel is null or m.channel = $3)
       and (m.delivery is null or (m.delivery = 'failed' and $4 = 'delivered')) returning ${columns}`,
    [reported.tenantId, reported.messageId, report.channel, report.delivery, report.detail],
  );
  return rows[0];
}

/** To whom a link was last sent by each medium; what surely failed was sent to nobody. */
export async function selectInvited(
  queryable: Queryable,
  tenantId: TenantId,
  linkId: LinkId,
): Promise<{ medium: Medium; recipient: string }[]> {
  return queryable.query<{ medium: Medium; recipient: string }>(
    `select distinct on (medium) medium, recipient from messages
     where tenant_id = $1 and link_id = $2 and kind = 'invitation' and status <> 'failed' and delivery is distinct from 'failed'
     order by medium, created_at desc, id`,
    [tenantId, linkId],
  );
}

/** Everybody a link was ever sent to. */
export async function selectRecipients(
  queryable: Queryable,
  tenantId: TenantId,
  linkId: LinkId,
): Promise<{ medium: Medium; recipient: string }[]> {
  return queryable.query<{ medium: Medium; recipient: string }>(
    'select distinct medium, recipient from messages where tenant_id = $1 and link_id = $2',
    [tenantId, linkId],
  );
}

/** The tenants that have written to somebody through a channel. */
export async function selectWriters(
  queryable: Queryable,
  medium: Medium,
  recipient: string,
  channel: string,
): Promise<TenantId[]> {
  const rows = await queryable.query<{ tenantId: TenantId }>(
    `select distinct tenant_id as "tenantId" from messages where medium = $1 and recipient = $2 and channel = $3`,
    [medium, recipient, channel],
  );
  return rows.map(({ tenantId }) => tenantId);
}

export async function selectMessages(
  queryable: Queryable,
  tenantId: TenantId,
  page: { before: { createdAt: Date; id: string } | null; limit: number },
): Promise<Message[]> {
  return queryable.query<Message>(
    `select ${columns} from messages m where m.tenant_id = $1
       and ($2::timestamptz is null or (m.created_at, m.id) < ($2, $3::uuid))
     order by m.created_at desc, m.id desc limit $4`,
    [tenantId, page.before?.createdAt ?? null, page.before?.id ?? null, page.limit],
  );
}

export async function upsertOptOuts(
  queryable: Queryable,
  rows: readonly { tenantId: TenantId; medium: Medium; digest: Buffer }[],
  at: Date,
): Promise<void> {
  await queryable.query(
    `insert into opt_outs (tenant_id, medium, digest, created_at)
     select tenant_id, medium, digest, $4 from unnest($1::uuid[], $2::text[], $3::bytea[]) as given (tenant_id, medium, digest)
     on conflict do nothing`,
    [rows.map((row) => row.tenantId), rows.map((row) => row.medium), rows.map((row) => row.digest), at],
  );
}

export async function deleteOptOuts(
  queryable: Queryable,
  rows: readonly { tenantId: TenantId; medium: Medium; digest: Buffer }[],
): Promise<void> {
  await queryable.query(
    `delete from opt_outs where (tenant_id, medium, digest) in (
       select * from unnest($1::uuid[], $2::text[], $3::bytea[]))`,
    [rows.map((row) => row.tenantId), rows.map((row) => row.medium), rows.map((row) => row.digest)],
  );
}

/** Which of these digests have opted out. */
export async function selectOptOuts(
  queryable: Queryable,
  tenantId: TenantId,
  digests: readonly Buffer[],
): Promise<Buffer[]> {
  const rows = await queryable.query<{ digest: Uint8Array }>(
    'select digest from opt_outs where tenant_id = $1 and digest = any($2::bytea[])',
    [tenantId, digests],
  );
  return rows.map(({ digest }) => Buffer.from(digest));
}
