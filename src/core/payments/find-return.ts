import type { LinkId, OperationId, TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { payerUrl } from '../links/compose-invitation.ts';
import { readLink } from '../links/read-link.ts';
import { findOperation } from '../operations/read-operations.ts';
import { readTenant } from '../tenants/read-tenant.ts';
import { isActive, type Payment, type PaymentStatus } from './payment.ts';
import { readPayment } from './read-payment.ts';

/** Where a payer who comes back from a processor belongs. */
export interface Return {
  readonly tenantId: TenantId;
  readonly connector: string;
  /** As stored when the payment was made, or the page of its link. Undefined where the tenant gave no address. */
  readonly url: string | undefined;
}

/** Finds the payment a return address was made for; undefined for an address that is nobody's. */
export async function findReturn(
  core: Core,
  tenantId: TenantId,
  operationId: OperationId,
): Promise<Return | undefined> {
  const operation = await findOperation(core, tenantId, operationId);
  if (operation === undefined) return undefined;
  const { payment } = await readPayment(core, { id: tenantId }, operation.paymentId);
  const { connector } = operation;
  if (payment.linkId !== null)
    return { tenantId, connector, url: await linkUrl(core, payment, payment.linkId) };
  const { successUrl, cancelUrl, pendingUrl } = payment.particulars;
  if (didNotPay(payment.status)) return { tenantId, connector, url: cancelUrl ?? successUrl };
  const url = isActive(payment.status) ? (pendingUrl ?? successUrl) : successUrl;
  return { tenantId, connector, url };
}

async function linkUrl(core: Core, payment: Payment, linkId: LinkId): Promise<string> {
  const { tenantId, particulars } = payment;
  const link = await readLink(core, await readTenant(core, tenantId), linkId);
  const { successUrl, returnsWhenPaid } = link.particulars;
  if (link.paymentId === payment.id && returnsWhenPaid === true && successUrl !== undefined)
    return successUrl;
  return payerUrl(core, link, particulars.language);
}

/** A payment that is still under way is most likely paid: the tenant's page asks us what became of it. */
function didNotPay(status: PaymentStatus): boolean {
  return (
    status === 'declined' ||
    status === 'aborted' ||
    status === 'expired' ||
    status === 'crashed' ||
    status === 'stopped' ||
    status === 'cancelled'
  );
}
