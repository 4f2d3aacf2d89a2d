import type { RailNews } from '#kit/rail.ts';
import type { Core } from '../core.ts';
import type { FilingDue } from './file.ts';

/** What of a piece of news is kept besides its kind and code. */
export interface KeptDetail {
  /** All that was said, sealed so that it opens for this piece alone; null where nothing was. */
  readonly sealed: string | null;
  /** The end of what is right, where the bank asks for something to be written differently. */
  readonly correctedLast4: string | null;
}

/** Seals what a bank says in detail: it may be a payee's account number. */
export function sealNews(core: Pick<Core, 'keyring'>, due: FilingDue, news: RailNews): KeptDetail {
  const { detail, sequence } = news;
  if (Object.keys(detail).length === 0) return { sealed: null, correctedLast4: null };
  const { tenantId, accountId, rail } = due;
  const context = contextOf({ tenantId, accountId, rail, sequence });
  return {
    sealed: core.keyring.seal(Buffer.from(JSON.stringify(detail)), context),
    correctedLast4: detail.corrected?.slice(-4) ?? null,
  };
}

/** What a detail is sealed as. */
export function contextOf(news: {
  readonly tenantId: string;
  readonly accountId: string;
  readonly rail: string;
  readonly sequence: bigint | string;
}): string {
  return `payout-news:${news.tenantId}:${news.accountId}:${news.rail}:${news.sequence}`;
}
