import { CoreError } from '#kit/errors.ts';
import type { DepositId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { type DepositInput, recordDeposit } from './record-deposit.ts';

/**
 * Has a deposit come in as if the bank had told of it. For test tenants alone (`operation_forbidden`): nobody may make
 * money up in a live book.
 */
export async function mimicDeposit(
  core: Core,
  call: Call,
  input: Omit<DepositInput, 'bankReference'>,
): Promise<Answer<{ depositId: DepositId }>> {
  if (call.tenant.mode !== 'test')
    throw new CoreError('operation_forbidden', 'Only a test tenant can have deposits made up.');
  const bankReference = `mimic-${core.ids.uuid()}`;
  return recordDeposit(core, call, { ...input, bankReference });
}
