import type { Core } from '../core.ts';
import type { Payout } from './payout.ts';

type Owner = Pick<Payout, 'tenantId' | 'id'>;

/** Seals a payee's account number so that it opens for this payout alone. */
export function sealPayeeNumber(core: Pick<Core, 'keyring'>, owner: Owner, accountNumber: string): string {
  return core.keyring.seal(Buffer.from(accountNumber), contextOf(owner));
}

/** The payee's account number, where it was ordered to be paid into one. */
export function openPayeeNumber(
  core: Pick<Core, 'keyring'>,
  payout: Pick<Payout, 'tenantId' | 'id' | 'payeeAccountSealed'>,
): string | undefined {
  const { payeeAccountSealed } = payout;
  return payeeAccountSealed === null
    ? undefined
    : core.keyring.open(payeeAccountSealed, contextOf(payout)).toString();
}

/** What a number is sealed as. */
export function contextOf({ tenantId, id }: Owner): string {
  return `payee-account:${tenantId}:${id}`;
}
