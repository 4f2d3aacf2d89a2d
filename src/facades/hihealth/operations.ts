/** What each row of the table does: decode, call one core operation, encode. */
import { captureClaim, releaseClaim } from '#core/claims/capture-claim.ts';
import { tokenLifeMs } from '#core/claims/claim.ts';
import { readClaim } from '#core/claims/read-claim.ts';
import { readOperation } from '#core/operations/read-operations.ts';
import { addUpload } from '#core/uploads/add-upload.ts';
import type { UploadKind } from '#core/uploads/upload.ts';
import { CoreError, invalid, notFound } from '#kit/errors.ts';
import { parseUlid } from '#kit/ulid.ts';
import type { RouteAnswer, RouteRequest } from '../../http/facade.ts';
import { readPaymentBody } from './read-payment-body.ts';
import { signToken } from './token.ts';
import { toldAtFirst, toTold, writePayment, writeTokenClaims } from './write-payment.ts';

/** The document types as they are spelt in addresses. */
const kinds: ReadonlyMap<string, UploadKind> = new Map([
  ['OTHER', 'other'],
  ['INVOICE', 'invoice'],
  ['PRESCRIPTION', 'prescription'],
  ['CERTIFICATE', 'certificate'],
  ['TEST_RESULT', 'test-result'],
]);

export async function postPayment(request: RouteRequest): Promise<RouteAnswer> {
  const input = readPaymentBody(request);
  const { result, replayed } = await request.batched.createClaim(request.call, input);
  const told = toldAtFirst(input, result);
  const token = await signToken(request.core, writeTokenClaims(told, tokenLifeMs));
  return { body: { ...writePayment(told), token }, replayed };
}

export async function getPayment(request: RouteRequest): Promise<RouteAnswer> {
  return { body: await tell(request) };
}

export async function postCapture(request: RouteRequest): Promise<RouteAnswer> {
  const { core, call } = request;
  const { result, replayed } = await captureClaim(core, call, claimIdOf(request));
  const { status } = await readOperation(core, call.tenant.id, result.captureId);
  if (status === 'declined')
    throw new CoreError('operation_forbidden', 'The processor has declined the capture.');
  return { body: await tell(request), replayed };
}

export async function postCancel(request: RouteRequest): Promise<RouteAnswer> {
  const { replayed } = await releaseClaim(request.core, request.call, claimIdOf(request));
  return { body: await tell(request), replayed };
}

export async function postDocument(request: RouteRequest): Promise<RouteAnswer> {
  await readClaim(request.core, request.call.tenant, claimIdOf(request));
  const kind = kinds.get(request.params.type ?? 'OTHER');
  if (kind === undefined)
    throw invalid('type', 'invalid_enum', `type is none of ${[...kinds.keys()].join(', ')}`);
  return upload(request, kind);
}

export async function postInvoice(request: RouteRequest): Promise<RouteAnswer> {
  return upload(request, 'invoice');
}

export async function getKeys({ core }: RouteRequest): Promise<RouteAnswer> {
  const published = await core.signingKeys.published('claim-token');
  return { body: { keys: published.map((key) => JSON.parse(key)) } };
}

export async function getCertificate({ core }: RouteRequest): Promise<RouteAnswer> {
  const published = await core.signingKeys.published('claim-callback');
  return { body: published.join(''), headers: { 'content-type': 'application/x-pem-file' } };
}

async function upload(request: RouteRequest, kind: UploadKind): Promise<RouteAnswer> {
  const { core, call, body } = request;
  const claimId = claimIdOf(request);
  const { replayed } = await addUpload(core, call, { claimId, kind, uploadedBy: 'merchant', content: body });
  return { body: await tell(request), replayed };
}

async function tell(request: RouteRequest): Promise<Record<string, unknown>> {
  return writePayment(toTold(await readClaim(request.core, request.call.tenant, claimIdOf(request))));
}

/** What is no ULID is nobody's id. */
function claimIdOf({ params }: RouteRequest): string {
  const id = parseUlid(params.id ?? '');
  if (id === undefined) throw notFound('payment');
  return id;
}
