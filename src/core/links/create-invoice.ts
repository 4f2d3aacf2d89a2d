import { CoreError, notFound } from '#kit/errors.ts';
import { isUuid, type LinkId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import type { ReferenceKind } from '../deposits/deposit.ts';
import { reserveReference } from '../deposits/reserve-reference.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { depositMethod } from '../payments/payment.ts';
import { businessNow } from '../tenants/tenant.ts';
import { isPayable } from './link.ts';
import { lockLink, updateInvoice } from './store.ts';

export interface InvoiceInput {
  readonly linkId: string;
  readonly kind: ReferenceKind;
  /** What the file is called; absent takes the number. */
  readonly documentName: string | null;
}

/**
 * Makes an invoice of a link: from now on it can also be paid at the payer's bank, under a number of its own.
 * `operation_forbidden` once the link is over, where it has an invoice, and where the tenant has no bank account to pay
 * into.
 */
export async function createInvoice(
  core: Core,
  call: Call,
  input: InvoiceInput,
): Promise<Answer<{ reference: string }>> {
  return runOnce(core, call, async (transaction) => {
    const link = isUuid(input.linkId)
      ? await lockLink(transaction, call.tenant.id, input.linkId as LinkId)
      : undefined;
    if (link === undefined) throw notFound('payment link');
    const at = businessNow(core.clock, call.tenant);
    if (!isPayable(link, at)) throw forbidden('The payment link can no longer be paid.');
    if (link.invoiceCreated) throw forbidden('The payment link has an invoice.');
    if (call.tenant.settings.connectors[depositMethod] === undefined)
      throw forbidden('No bank account is set up that an invoice could be paid into.');
    const { reference } = await reserveReference(core.ids, transaction, {
      tenantId: link.tenantId,
      reference: undefined,
      kind: input.kind,
      linkId: link.id,
      paymentId: null,
      completeWhenFunded: true,
      documentName: input.documentName,
      createdAt: at,
    });
    await updateInvoice(transaction, link, reference);
    return { reference };
  });
}

function forbidden(message: string): CoreError {
  return new CoreError('operation_forbidden', message);
}
