/** How an order's money is to be divided, as far as the split parameters say it in words of ours. */
import Type, { type Static } from 'typebox';
import { type Share, wholeBasisPoints } from '#core/allocations/allocation.ts';
import { invalid } from '#kit/errors.ts';
import type { MerchantId } from '#kit/ids.ts';
import { uuid } from './schemas.ts';

/** What others than an item's own recipient get of it. The vendor keeps its split trees to itself; this is ours. */
const share = Type.Object({
  recipient_type: Type.Enum(['tenant', 'merchant', 'payment_facilitator']),
  merchant_id: Type.Optional(uuid()),
  label: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  percent: Type.Number({ exclusiveMinimum: 0, maximum: 100 }),
});

/** Any parameters a split tree may have; `shares`, where it is there, is read. */
export const splitParameters = Type.Object({ shares: Type.Optional(Type.Array(share, { maxItems: 20 })) });

type SplitParameters = Static<typeof splitParameters>;

/** Reads the shares. All of them together are at most the whole, each in hundredths of a percent. */
export function readShares(parameters: SplitParameters | undefined): Share[] {
  const given = parameters?.shares ?? [];
  const shares = given.map(readShare);
  const sum = shares.reduce((total, { basisPoints }) => total + basisPoints, 0);
  if (sum > wholeBasisPoints)
    throw invalid('split_parameters.shares', 'out_of_range', 'the shares come to more than the whole');
  return shares;
}

function readShare(given: Static<typeof share>, index: number): Share {
  const property = `split_parameters.shares.${index}`;
  const basisPoints = Math.round(given.percent * 100);
  if (Math.abs(basisPoints - given.percent * 100) > 1e-6 || basisPoints === 0)
    throw invalid(`${property}.percent`, 'out_of_range', `${property}.percent has at most two decimals`);
  const isMerchant = given.recipient_type === 'merchant';
  if (isMerchant !== (given.merchant_id !== undefined)) {
    throw invalid(
      `${property}.merchant_id`,
      isMerchant ? 'missing_field' : 'unknown_field',
      `${property}.merchant_id belongs to a merchant's share, and to no other`,
    );
  }
  return {
    recipientType: given.recipient_type,
    merchantId: (given.merchant_id?.toLowerCase() ?? null) as MerchantId | null,
    label: given.label ?? null,
    basisPoints,
  };
}
