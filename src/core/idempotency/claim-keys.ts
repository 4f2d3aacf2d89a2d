import type { Transaction } from '#db/database.ts';
import { later } from '#kit/clock.ts';
import { CoreError } from '#kit/errors.ts';
import type { Call, Core } from '../core.ts';
import { deleteKeys, insertKeys, type KeyRow, renewKey, selectKey, updateResult } from './store.ts';

/** What a key turned out to be. */
export type Claim =
  /** First use, or no key given: do the work. */
  | { readonly kind: 'fresh' }
  /** Done before with the same input: answer as then. */
  | { readonly kind: 'replay'; readonly result: unknown }
  | { readonly kind: 'refused'; readonly error: CoreError };

export interface KeyUse {
  readonly call: Call;
  /** The answer, where it is known before the work is done. */
  readonly result?: unknown;
}

/**
 * Claims the idempotency keys of several calls at once, in the transaction that does their work: both are kept or
 * neither. A key that another open transaction holds is waited for, so two equal requests end in one effect. Answers
 * one claim per use, in order; a use without a key is fresh.
 */
export async function claimKeys(
  core: Core,
  transaction: Transaction,
  uses: readonly KeyUse[],
): Promise<Claim[]> {
  const rows = uses.flatMap((use, index) => {
    const row = toRow(use);
    return row === undefined ? [] : [{ index, row }];
  });
  const claims: Claim[] = uses.map(() => ({ kind: 'fresh' }));
  if (rows.length === 0) return claims;

  // In one order everywhere, so that two batches that share keys wait for each other instead of deadlocking.
  rows.sort((a, b) => (nameOf(a.row) < nameOf(b.row) ? -1 : 1));
  const keys = rows.map(({ row }) => row);
  const inserted = new Set((await insertKeys(transaction, keys, core.clock.now())).map(nameOf));
  for (const { index, row } of rows) {
    if (inserted.delete(nameOf(row))) continue;
    claims[index] = await claimUsed(core, transaction, row, uses[index]?.call.idempotency?.replayMs);
  }
  return claims;
}

/** A key that was used before: good for a new request only where its time as a repetition is over. */
async function claimUsed(
  core: Core,
  transaction: Transaction,
  row: KeyRow,
  replayMs: number | undefined,
): Promise<Claim> {
  const now = core.clock.now();
  const stored = await selectKey(transaction, row.tenantId, row.scope, row.key);
  if (replayMs === undefined || stored === undefined || later(stored.createdAt, replayMs) > now)
    return judge(row, stored);
  if (await renewKey(transaction, row, { createdAt: stored.createdAt, at: now })) return { kind: 'fresh' };
  return judge(row, await selectKey(transaction, row.tenantId, row.scope, row.key));
}

/** `claimKeys` for one call. */
export async function claimKey(core: Core, transaction: Transaction, use: KeyUse): Promise<Claim> {
  const [claim] = await claimKeys(core, transaction, [use]);
  return claim ?? { kind: 'fresh' };
}

/** Gives back keys claimed for work that was then refused, so that the same key may be used again. */
export async function releaseKeys(transaction: Transaction, calls: readonly Call[]): Promise<void> {
  const rows = calls.flatMap((call) => toRow({ call }) ?? []);
  if (rows.length > 0) await deleteKeys(transaction, rows);
}

/** Keeps another answer under a call's claimed key than the one that was foreseen. */
export async function keepResult(transaction: Transaction, call: Call, result: unknown): Promise<void> {
  const row = toRow({ call, result });
  if (row !== undefined) await updateResult(transaction, row);
}

function judge(wanted: KeyRow, stored: KeyRow | undefined): Claim {
  if (stored === undefined || stored.result === null) {
    return refused('idempotency_in_flight', 'The first request with this Idempotency-Key is still at work.');
  }
  if (!stored.hash.equals(wanted.hash)) {
    return refused('idempotency_mismatch', 'This Idempotency-Key was used before with other input.');
  }
  return { kind: 'replay', result: stored.result.value };
}

function refused(code: 'idempotency_in_flight' | 'idempotency_mismatch', message: string): Claim {
  return { kind: 'refused', error: new CoreError(code, message) };
}

function toRow(use: KeyUse): KeyRow | undefined {
  const { idempotency, tenant } = use.call;
  if (idempotency === undefined) return undefined;
  const { scope, key, hash } = idempotency;
  return {
    tenantId: tenant.id,
    scope,
    key,
    hash,
    result: use.result === undefined ? null : { value: use.result },
  };
}

function nameOf(row: Pick<KeyRow, 'tenantId' | 'scope' | 'key'>): string {
  return `${row.tenantId}\n${row.scope}\n${row.key}`;
}
