import type { Queryable, Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Message, MessageStatus, NewMessage } from './message.ts';

const columns = `m.id, m.tenant_id as "tenantId", m.medium, m.recipient, m.subject, m.body, m.link_id as "linkId", m.status,
  m.created_at as "createdAt"`;

export async function insertMessage(
  transaction: Transaction,
  id: string,
  message: NewMessage,
): Promise<void> {
  await transaction.query(
    `insert into messages (tenant_id, id, medium, recipient, subject, body, link_id, request_key, status, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, 'queued', $9) on conflict (tenant_id, request_key) do nothing`,
    [
      message.tenantId,
      id,
      message.medium,
      message.recipient,
      message.subject,
      message.body,
      message.linkId,
      message.requestKey,
      message.createdAt,
    ],
  );
}

/** Takes waiting messages for sending. One whose sender vanished in the middle may have gone out: it becomes unknown. */
export async function claimWaiting(
  queryable: Queryable,
  claim: { wallNow: Date; leaseUntil: Date; limit: number; tenantId: TenantId | null },
): Promise<Message[]> {
  return queryable.query<Message>(
    `update messages m
     set status = case when m.status = 'queued' then 'sending' else 'unknown' end,
         lease_until = case when m.status = 'queued' then $2::timestamptz end
     where (m.tenant_id, m.id) in (
       select tenant_id, id from messages
       where (status = 'queued' or (status = 'sending' and lease_until <= $1)) and ($4::uuid is null or tenant_id = $4)
       order by created_at limit $3 for update skip locked)
     returning ${columns}`,
    [claim.wallNow, claim.leaseUntil, claim.limit, claim.tenantId],
    'claim-waiting-messages',
  );
}

export async function updateSent(
  queryable: Queryable,
  message: Message,
  result: { status: MessageStatus; channel: string; providerReference: string | null; detail: string | null },
): Promise<void> {
  await queryable.query(
    `update messages set status = $3, channel = $4, provider_reference = $5, detail = $6, lease_until = null
     where tenant_id = $1 and id = $2 and status = 'sending'`,
    [message.tenantId, message.id, result.status, result.channel, result.providerReference, result.detail],
  );
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
