/** Claims: what payers take up, and the operator settles or denies. */
import Type from 'typebox';
import { denyClaim } from '#core/claims/deny-claim.ts';
import { readClaim } from '#core/claims/read-claim.ts';
import { settleClaim } from '#core/claims/settle-claim.ts';
import { listUploads } from '#core/uploads/list-uploads.ts';
import { openUpload } from '#core/uploads/open-upload.ts';
import { parseUlid } from '#kit/ulid.ts';
import type { Route, RouteAnswer, RouteRequest } from '../../http/facade.ts';
import { closed, idParams, instant, nullable, uuid } from './schemas.ts';
import { writeClaim } from './write-claim.ts';

const claim = Type.Object({
  id: uuid(),
  dialect: Type.String(),
  status: Type.Enum(['initial', 'claimed', 'authorised', 'pending', 'settled', 'denied', 'cancelled']),
  currency: Type.String(),
  amount: Type.Integer({ description: 'Minor units' }),
  reference: nullable(Type.String()),
  paymentId: nullable(uuid('The payment that paid it, or may still')),
  createdAt: instant(),
  updatedAt: nullable(instant()),
  documents: Type.Array(
    Type.Object({
      id: uuid(),
      kind: Type.Enum(['other', 'invoice', 'prescription', 'certificate', 'test-result']),
      uploadedBy: Type.Enum(['merchant', 'payer']),
      bytes: Type.Integer(),
      createdAt: instant(),
    }),
  ),
});

const denial = closed({ reason: Type.String({ minLength: 1, maxLength: 200 }) });

export const claimRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/claims/:id',
    summary: 'Get a claim, with its documents',
    params: idParams,
    status: 200,
    answer: claim,
    handle: getClaim,
  },
  {
    method: 'GET',
    path: '/claims/:id/documents/:document_id',
    summary: 'Download a document',
    params: Type.Object({ id: Type.String(), document_id: Type.String() }),
    status: 200,
    answer: Type.String({ description: 'The PDF, as it was uploaded' }),
    handle: getDocument,
  },
  {
    method: 'POST',
    path: '/claims/:id/settle',
    summary: 'Settle a claim that is paid and has its invoice',
    params: idParams,
    status: 200,
    answer: claim,
    handle: postSettlement,
  },
  {
    method: 'POST',
    path: '/claims/:id/deny',
    summary: 'Deny a claim that is paid: the money goes back',
    params: idParams,
    body: denial,
    status: 200,
    answer: claim,
    handle: postDenial,
  },
];

async function getClaim(request: RouteRequest): Promise<RouteAnswer> {
  return { body: await tell(request) };
}

/** Nobody here looks into it, and no browser may: it is saved, not shown. */
async function getDocument({ core, call, params }: RouteRequest): Promise<RouteAnswer> {
  const ids = { claimId: claimIdOf(params), uploadId: params.document_id ?? '' };
  const { upload, content } = await openUpload(core, call.tenant, ids);
  return {
    body: content,
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${upload.kind}-${upload.id}.pdf"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
    },
  };
}

async function postSettlement(request: RouteRequest): Promise<RouteAnswer> {
  const { replayed } = await settleClaim(request.core, request.call, claimIdOf(request.params));
  return { body: await tell(request), replayed };
}

async function postDenial(request: RouteRequest): Promise<RouteAnswer> {
  const input = { id: claimIdOf(request.params), reason: request.body.reason };
  const { replayed } = await denyClaim(request.core, request.call, input);
  return { body: await tell(request), replayed };
}

async function tell({ core, call, params }: RouteRequest) {
  const found = await readClaim(core, call.tenant, claimIdOf(params));
  return writeClaim(found, await listUploads(core, found));
}

/** Some dialects write the same 128 bits as a ULID. */
function claimIdOf({ id = '' }: RouteRequest['params']): string {
  return parseUlid(id) ?? id;
}
