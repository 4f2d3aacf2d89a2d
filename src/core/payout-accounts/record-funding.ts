import { CoreError, notFound } from '#kit/errors.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import { bookFunding } from './fund-account.ts';
import { lockAccount, selectFunding } from './store.ts';

export interface FundingInput {
  readonly accountId: string;
  /** The bank's own name for the transfer, unique in the account. */
  readonly bankReference: string;
  /** US cents, above zero. */
  readonly amount: bigint;
}

/**
 * Books money that arrived in an account to be paid out. The bank's reference makes it one funding, told once or often;
 * told with another amount it is a `conflict`. An unknown account is `not_found`.
 */
export async function recordFunding(
  core: Core,
  call: Call,
  { accountId, bankReference, amount }: FundingInput,
): Promise<Answer<{ accountId: string }>> {
  const tenantId = call.tenant.id;
  const answer = await runOnce(core, call, async (transaction) => {
    const account = await lockAccount(transaction, tenantId, accountId);
    if (account === undefined) throw notFound('payout account');
    const at = businessNow(core.clock, call.tenant);
    const funding = { tenantId, accountId, reference: bankReference, amount, at };
    if (await bookFunding(core, transaction, account, funding)) return { known: false };
    const known = await selectFunding(transaction, funding);
    if (known !== amount)
      throw new CoreError('conflict', 'This bankReference was told before of another amount.');
    return { known: true };
  });
  return { result: { accountId }, replayed: answer.replayed || answer.result.known };
}
