import { createHmac } from 'node:crypto';
import { openToken } from '#core/cards/keep-card.ts';
import type { Core } from '#core/core.ts';
import type { Operation } from '#core/operations/operation.ts';
import { peekPayment } from '#core/payments/hold-payment.ts';
import { later } from '#kit/clock.ts';
import type { OperationRequest, PageRequest } from '#kit/connector.ts';
import type { CardId } from '#kit/ids.ts';
import { money } from '#kit/money.ts';

/** Characters of a notification's identifier: what Swish takes, of the processors that echo one. */
const identifierCharacters = 32;

/** An operation as a connector is asked to do it, or asked about it. */
export async function toRequest(core: Core, operation: Operation): Promise<OperationRequest> {
  const payment = await peekPayment(core.database, operation.tenantId, operation.paymentId);
  return {
    kind: operation.kind,
    reference: operation.reference,
    amount: money(operation.amount, operation.currency),
    description: payment.particulars.description,
    parameters: operation.parameters,
    ...(payment.subscriptionId === null ? {} : { recurring: true }),
    ...(operation.originalReference === null ? {} : { originalReference: operation.originalReference }),
    notification: { url: returnUrlOf(core, operation), identifier: identifierOf(core, operation) },
  };
}

/** The same as it is sent, with the token of a kept card; undefined where the card is not kept, or not any more. */
export async function toSendRequest(core: Core, operation: Operation): Promise<OperationRequest | undefined> {
  if (!isOnKeptCard(operation)) return toRequest(core, operation);
  const [request, token] = await Promise.all([
    toRequest(core, operation),
    openToken(core, operation.tenantId, operation.cardId),
  ]);
  return token === undefined ? undefined : { ...request, token };
}

/** Whether the operation charges a kept card, and does not follow a charge that did. */
function isOnKeptCard(operation: Operation): operation is Operation & { cardId: CardId } {
  return operation.cardId !== null && !operation.byPage && operation.originalReference === null;
}

/** A charge as a page is asked for that takes it. The page closes `settlingMs` before the attempt is given up. */
export async function toPageRequest(
  core: Core,
  operation: Operation,
  settlingMs: number,
): Promise<PageRequest> {
  const payment = await peekPayment(core.database, operation.tenantId, operation.paymentId);
  const end = operation.attemptEndsAt ?? later(payment.createdAt, core.limits.attemptMs);
  const lifeMs = end.getTime() - payment.createdAt.getTime();
  return {
    kind: pageKind(operation),
    reference: operation.reference,
    amount: money(operation.amount, operation.currency),
    description: payment.particulars.description,
    storeCard: operation.cardId !== null,
    ...(payment.subscriptionId === null && payment.particulars.keepsForSeries !== true
      ? {}
      : { recurring: true }),
    returnUrl: returnUrlOf(core, operation),
    // The page lives in wall time, whatever the tenant's clock says. It closes one settling time before the attempt is
    // given up: what the processor then has no record of was not paid in the last moment either.
    expiresAt: later(operation.createdAt, lifeMs - settlingMs),
    ...(payment.particulars.payerEmail === undefined ? {} : { payerEmail: payment.particulars.payerEmail }),
  };
}

/** No page gives money back or completes what another began. */
function pageKind({ id, kind }: Operation): PageRequest['kind'] {
  if (kind === 'refund' || kind === 'complete' || kind === 'void')
    throw new Error(`operation ${id} has no page`);
  return kind;
}

/** Where payer and processor come back to for this operation. */
function returnUrlOf(core: Core, { connector, tenantId, id }: Operation): string {
  return `${core.publicUrl}/return/${connector}/${tenantId}/${id}`;
}

/** What only we and the processor we told it to know: made of the operation and a key, so that it need not be kept. */
function identifierOf(core: Core, { tenantId, id }: Operation): string {
  const digest = createHmac('sha256', core.pepper).update(`notification:${tenantId}:${id}`).digest('hex');
  return digest.slice(0, identifierCharacters);
}
