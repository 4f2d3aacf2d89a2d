import { CoreError, invalid, notFound } from '#kit/errors.ts';
import { isRoutingNumber } from '#kit/us-identifiers.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { holdTenantWhole } from '../tenants/read-tenant.ts';
import { requireReachable } from '../tenants/require-reachable.ts';
import { isPrefunded } from './account.ts';
import { type NewPayoutAccount, openPayoutAccount } from './open-account.ts';
import { lockAccount } from './store.ts';

/**
 * Opens an account to pay out of at a tenant's request (`isNew`), or changes the settings of one. The first numbers of
 * checks and ACH entries count when it is opened, never after: numbers only go on. Refusals: a routing number whose check
 * digit is wrong, a gateway we may not call (`validation_failed`), a name that is taken (`conflict`) or unknown
 * (`not_found`), and to be funded beforehand while more is promised than is there (`operation_forbidden`).
 */
export async function setUpPayoutAccount(
  core: Core,
  call: Call,
  { isNew, ...input }: NewPayoutAccount & { readonly isNew: boolean },
): Promise<Answer<{ accountId: string }>> {
  const { settings } = input;
  if (!isRoutingNumber(settings.routingNumber))
    throw invalid('routingNumber', 'invalid_format', 'routingNumber: the check digit is wrong.');
  requireGateway(core, call, settings.gatewayUrl);
  return runOnce(core, call, async (transaction) => {
    // Two that open one name at once must not both find it free.
    await holdTenantWhole(transaction, call.tenant.id);
    const before = await lockAccount(transaction, call.tenant.id, input.id);
    if (isNew && before !== undefined) throw new CoreError('conflict', 'There is an account of this name.');
    if (!isNew && before === undefined) throw notFound('payout account');
    if (isPrefunded[settings.fundingType] && (before?.available ?? 0n) < 0n)
      throw new CoreError(
        'operation_forbidden',
        'More is promised than is there: fund the account before it is one that is funded beforehand.',
      );
    await openPayoutAccount({ ...core, database: transaction }, call.tenant, input);
    return { accountId: input.id };
  });
}

/** Files and orders go there: over TLS where it is real money. */
function requireGateway(core: Core, { tenant }: Call, gatewayUrl: string): void {
  if (URL.parse(gatewayUrl)?.protocol === 'http:' && tenant.mode === 'live')
    throw invalid('gatewayUrl', 'invalid_format', 'gatewayUrl must be https: this is a live tenant.');
  requireReachable(core, 'gatewayUrl', gatewayUrl);
}
