import type { Transaction } from '#db/database.ts';
import { CoreError } from '#kit/errors.ts';
import type { DepositId } from '#kit/ids.ts';
import { type Money, money } from '#kit/money.ts';
import { accounts } from '#ledger/accounts.ts';
import { post } from '#ledger/post.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { businessNow } from '../tenants/tenant.ts';
import { allocateDeposit, holdPurpose, type Purpose } from './allocate-deposit.ts';
import type { Deposit } from './deposit.ts';
import { findReference } from './find-reference.ts';
import { tell } from './move-deposit.ts';
import { insertDeposit, selectByBankReference } from './store.ts';

export interface DepositInput {
  /** The bank's own name for the transfer, unique in the tenant's book. */
  readonly bankReference: string;
  /** What the payer wrote; spaces do not count. */
  readonly reference: string | null;
  readonly amount: Money;
  /** Absent means now. */
  readonly receivedAt?: Date;
}

/**
 * Books money that came into the tenant's bank account, and puts it towards what its reference stands for; unallocated
 * where that is unknown or in another currency. The bank's reference makes it one deposit, told once or often; told with
 * another amount, currency or reference it is a `conflict`.
 */
export async function recordDeposit(
  core: Core,
  call: Call,
  input: DepositInput,
): Promise<Answer<{ depositId: DepositId }>> {
  const answer = await runOnce(core, call, async (transaction) => {
    const at = businessNow(core.clock, call.tenant);
    const deposit = toDeposit(core, call, input, at);
    if (!(await insertDeposit(transaction, deposit))) {
      return { depositId: (await readSame(transaction, deposit)).id, known: true };
    }
    await postArrival(core, transaction, deposit, at);
    const purpose = await findPurpose(transaction, deposit);
    if (purpose !== undefined)
      await allocateDeposit(core, transaction, { tenant: call.tenant, deposit, purpose, at });
    return { depositId: deposit.id, known: false };
  });
  const { depositId, known } = answer.result;
  return { result: { depositId }, replayed: answer.replayed || known };
}

function toDeposit(core: Core, call: Call, input: DepositInput, at: Date): Deposit {
  return {
    id: core.ids.uuid() as DepositId,
    tenantId: call.tenant.id,
    bankReference: input.bankReference,
    reference: input.reference,
    currency: input.amount.currency,
    amount: input.amount.minor,
    unallocated: input.amount.minor,
    matched: 0n,
    surplus: 0n,
    returned: 0n,
    linkId: null,
    paymentId: null,
    version: 1,
    receivedAt: input.receivedAt ?? at,
    createdAt: at,
  };
}

async function readSame(transaction: Transaction, told: Deposit): Promise<Deposit> {
  const known = await selectByBankReference(transaction, told.tenantId, told.bankReference);
  if (known === undefined) throw new Error(`deposit ${told.bankReference} is known and missing`);
  const isSame =
    known.amount === told.amount && known.currency === told.currency && known.reference === told.reference;
  if (isSame) return known;
  throw new CoreError('conflict', 'This bankReference was told before of another deposit.');
}

async function postArrival(core: Core, transaction: Transaction, deposit: Deposit, at: Date): Promise<void> {
  post(core.ids, transaction, {
    tenantId: deposit.tenantId,
    kind: 'deposit',
    reference: `deposit:${deposit.id}:1`,
    movements: [
      {
        debit: accounts.bank,
        credit: accounts.unallocatedDeposits,
        amount: money(deposit.amount, deposit.currency),
      },
    ],
    at,
  });
  await tell(core, transaction, deposit, 'received', at);
}

async function findPurpose(transaction: Transaction, deposit: Deposit): Promise<Purpose | undefined> {
  if (deposit.reference === null) return undefined;
  const reference = await findReference(transaction, deposit.tenantId, deposit.reference);
  if (reference === undefined) return undefined;
  const purpose = await holdPurpose(transaction, reference);
  return (purpose.link ?? purpose.payment)?.currency === deposit.currency ? purpose : undefined;
}
