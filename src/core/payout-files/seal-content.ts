import type { Core } from '../core.ts';
import type { PayoutFile } from './file.ts';

type Owner = Pick<PayoutFile, 'tenantId' | 'id'>;

/** Seals what a file says so that it opens for this file alone: it is full of account numbers. */
export function sealContent(core: Pick<Core, 'keyring'>, owner: Owner, content: string): string {
  return core.keyring.seal(Buffer.from(content), contextOf(owner));
}

/** What a file says; undefined of one that was handed over before contents were kept sealed. */
export function openContent(
  core: Pick<Core, 'keyring'>,
  file: Pick<PayoutFile, 'tenantId' | 'id' | 'contentSealed'>,
): string | undefined {
  const { contentSealed } = file;
  return contentSealed === null ? undefined : core.keyring.open(contentSealed, contextOf(file)).toString();
}

/** What a content is sealed as. */
export function contextOf({ tenantId, id }: Owner): string {
  return `payout-file:${tenantId}:${id}`;
}
