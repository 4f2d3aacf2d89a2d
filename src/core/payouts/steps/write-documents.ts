import { bankingDayAfter, bankingZone, nextCutOff } from '#kit/banking-days.ts';
import { localDate } from '#kit/calendar.ts';
import type { RailName } from '#kit/rail.ts';
import { holdPayoutAccount } from '../../payout-accounts/hold-account.ts';
import { openBankNumber } from '../../payout-accounts/open-account.ts';
import { takeNumbers } from '../../payout-accounts/take-numbers.ts';
import { hasRemittance } from '../order.ts';
import { openPayeeNumber } from '../payee-number.ts';
import { type Attempt, type HeldPayout, traceNumberOf } from '../payout.ts';
import { sealRemittance } from '../remittance/seal-remittance.ts';
import { writeRemittance } from '../remittance/write-remittance.ts';
import type { Step, StepMeans } from './take-step.ts';

/** When the bank takes the last ACH file of a day, in its own time. */
export const achCutOff = '16:00';

interface Window {
  readonly cutAt: Date;
  readonly effectiveDate: string;
}

/** In which file an instrument ordered at `at` goes, and when it takes effect. */
const windowOf = {
  ach: (at) => {
    const cutOff = nextCutOff(at, achCutOff);
    return { cutAt: cutOff.at, effectiveDate: bankingDayAfter(cutOff.date) };
  },
  check: (at) => ({ cutAt: at, effectiveDate: localDate(at, bankingZone) }),
  'virtual-card': (at) => ({ cutAt: at, effectiveDate: localDate(at, bankingZone) }),
} as const satisfies Record<RailName, (at: Date) => Window>;

/**
 * Fixes what the documents say: the check's number, the date the money takes effect, the trace number. Writes the 835
 * where there is something to remit. The other documents are made of the same facts whenever somebody asks for them.
 */
export const writeDocuments: Step = async (means, group) => {
  const { transaction, at } = means;
  const [first] = group;
  if (first === undefined) return [];
  const account = await holdPayoutAccount(transaction, first.payout.tenantId, first.payout.accountId);
  const checks = group.filter(({ attempt }) => attempt.rail === 'check');
  const remitted = group.filter(({ payout }) => hasRemittance(payout.ordered));
  const firstCheck = await takeNumbers(transaction, account, 'check', checks.length);
  const firstInterchange = await takeNumbers(transaction, account, 'interchange', remitted.length);
  const bank = {
    routingNumber: account.settings.routingNumber,
    accountNumber: openBankNumber(means.core, account),
  };
  return group.map((held) => {
    const check = checks.indexOf(held);
    const documented = fixFacts(held, check < 0 ? null : String(firstCheck + BigInt(check)), at);
    const remittance = remitted.indexOf(held);
    const attempt =
      remittance < 0
        ? documented
        : {
            ...documented,
            remittanceSealed: writeIt(
              means,
              { held, attempt: documented, bank },
              firstInterchange + BigInt(remittance),
            ),
          };
    return { held, to: 'remittance-requested', attempt, dueAt: at, at };
  });
};

function fixFacts({ payout, attempt }: HeldPayout, checkNumber: string | null, at: Date): Attempt {
  const { cutAt, effectiveDate } = windowOf[attempt.rail](at);
  return {
    ...attempt,
    instrument: checkNumber,
    traceNumber: traceNumberOf(payout, attempt, checkNumber),
    cutAt,
    effectiveDate,
    documentedAt: at,
  };
}

function writeIt(
  { core, tenant, at }: StepMeans,
  facts: {
    readonly held: HeldPayout;
    readonly attempt: Attempt;
    readonly bank: { readonly routingNumber: string; readonly accountNumber: string };
  },
  controlNumber: bigint,
): string {
  const { payout } = facts.held;
  const remittance = writeRemittance({
    order: payout.ordered,
    payer: payout.payer,
    payeeAccountNumber: openPayeeNumber(core, payout),
    attempt: facts.attempt,
    bank: facts.bank,
    controlNumber,
    isTest: tenant.mode === 'test',
    at,
  });
  return sealRemittance(core, facts.attempt, remittance);
}
