import type { Core } from '../../core.ts';
import type { Attempt } from '../payout.ts';

type Owner = Pick<Attempt, 'tenantId' | 'payoutId' | 'attempt'>;

/** Seals an 835 so that it opens for this attempt alone: it names the accounts of both sides. */
export function sealRemittance(core: Pick<Core, 'keyring'>, owner: Owner, remittance: string): string {
  return core.keyring.seal(Buffer.from(remittance), contextOf(owner));
}

/** The 835 of an attempt, where there was something to remit. */
export function openRemittance(
  core: Pick<Core, 'keyring'>,
  attempt: Owner & Pick<Attempt, 'remittanceSealed'>,
): string | undefined {
  const { remittanceSealed } = attempt;
  return remittanceSealed === null
    ? undefined
    : core.keyring.open(remittanceSealed, contextOf(attempt)).toString();
}

/** What a remittance is sealed as. */
export function contextOf(owner: {
  readonly tenantId: string;
  readonly payoutId: string;
  readonly attempt: number | string;
}): string {
  return `remittance:${owner.tenantId}:${owner.payoutId}:${owner.attempt}`;
}
