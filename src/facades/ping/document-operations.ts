/** What the row of the table about payment documents does (facts A6). */
import type { Static } from 'typebox';
import { type Attached, attachPapers, type Paper } from '#core/attachments/attach-papers.ts';
import type { RouteAnswer, RouteRequest } from '../../http/facade.ts';
import type { documents } from './deposit-schemas.ts';

/** The largest request: two papers of the largest size, in base64. */
export const maxDocumentsBytes = 14 * 1024 * 1024;

type DocumentBody = Static<typeof documents>[number];

/** 204 where all were kept, 207 with each one's fate where some were not. */
export async function postDocuments({ core, call, params, body }: RouteRequest): Promise<RouteAnswer> {
  const { result, replayed } = await attachPapers(core, call, {
    orderId: params.order_id ?? '',
    paymentId: params.payment_id ?? '',
    papers: (body as readonly DocumentBody[]).map(readPaper),
  });
  const failures = result.flatMap((one) => ('refusal' in one ? [writeFailure(one)] : []));
  if (failures.length === 0) return { replayed };
  const success = result.flatMap((one) =>
    'id' in one ? [{ id: one.id, name: one.name, type: one.kind }] : [],
  );
  return { status: 207, body: { failures, success }, replayed };
}

function readPaper({ content, mime_type: mediaType, name, type: kind }: DocumentBody): Paper {
  const bytes = Buffer.from(content, 'base64');
  // What is not base64 is skipped by the decoder, and so does not come out again.
  return { kind, name, mediaType, content: bytes.toString('base64') === content ? bytes : undefined };
}

function writeFailure({ name, kind, refusal }: Extract<Attached, { refusal: string }>) {
  return { name, type: kind, description: refusal };
}
