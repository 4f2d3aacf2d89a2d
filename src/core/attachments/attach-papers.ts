import { notFound } from '#kit/errors.ts';
import type { AttachmentId, TenantId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { holdPayment } from '../payments/hold-payment.ts';
import { findPayment } from '../payments/read-payment.ts';
import { businessNow } from '../tenants/tenant.ts';
import { beginnings, isMediaType, maxBytes, maxPerPayment } from './attachment.ts';
import { countAttachments, insertAttachment } from './store.ts';

export interface Paper {
  readonly kind: string;
  readonly name: string;
  readonly mediaType: string;
  /** Undefined where what was sent is not base64. */
  readonly content: Buffer | undefined;
}

/** What became of one paper: kept under an id, or why not. */
export type Attached = { readonly name: string; readonly kind: string } & (
  | { readonly id: AttachmentId }
  | { readonly refusal: string }
);

/**
 * Keeps papers with a payment, sealed. Those that cannot be kept are told one by one, and the others are: not base64, not
 * the PDF, PNG or JPEG they say they are, too large, or one too many. Answers in the order they came.
 */
export async function attachPapers(
  core: Core,
  call: Call,
  input: { orderId: string; paymentId: string; papers: readonly Paper[] },
): Promise<Answer<readonly Attached[]>> {
  const { tenant } = call;
  return runOnce(core, call, async (transaction) => {
    const seen = await findPayment(transaction, tenant, input.paymentId);
    if (seen.orderId !== input.orderId.toLowerCase()) throw notFound('payment');
    const payment = await holdPayment(transaction, tenant.id, seen.id);
    let kept = await countAttachments(transaction, tenant.id, payment.id);
    const results: Attached[] = [];
    for (const { kind, name, mediaType, content } of input.papers) {
      const refusal =
        kept < maxPerPayment ? refuse(mediaType, content) : 'the payment has too many documents';
      if (refusal !== undefined || content === undefined || !isMediaType(mediaType)) {
        results.push({ name, kind, refusal: refusal ?? 'the document cannot be kept' });
        continue;
      }
      const id = core.ids.uuid() as AttachmentId;
      const createdAt = businessNow(core.clock, tenant);
      const row = {
        id,
        tenantId: tenant.id,
        paymentId: payment.id,
        kind,
        name,
        mediaType,
        size: content.length,
      };
      await insertAttachment(transaction, { ...row, createdAt }, core.keyring.seal(content, contextOf(row)));
      kept += 1n;
      results.push({ name, kind, id });
    }
    return results;
  });
}

function refuse(mediaType: string, content: Buffer | undefined): string | undefined {
  if (content === undefined || content.length === 0) return 'the content is not base64';
  if (content.length > maxBytes) return `the document has more than ${maxBytes} bytes`;
  if (!isMediaType(mediaType)) return 'documents are PDF, PNG or JPEG';
  const beginning = beginnings[mediaType];
  return content.subarray(0, beginning.length).equals(beginning)
    ? undefined
    : `the content is not ${mediaType}`;
}

/** A sealed paper opens only as the one it is, of its tenant. */
export function contextOf({ tenantId, id }: { tenantId: TenantId; id: AttachmentId }): string {
  return `attachment:${tenantId}:${id}`;
}
