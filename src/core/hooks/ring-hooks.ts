import type { Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import type { Hook, HookNews, HookTrigger } from './hook.ts';
import { selectHooksFor } from './store.ts';

/** What happened, as hooks listen to it. */
export interface Ring {
  readonly tenantId: TenantId;
  readonly trigger: HookTrigger;
  /** Of the object that changed. */
  readonly objectId: bigint;
  /** Null where there is none to infer: then only hooks of the whole practice hear it. */
  readonly departmentId: bigint | null;
  /** In the tenant's time. */
  readonly at: Date;
}

/**
 * Owes each hook that listens its notice, in the transaction of what happened. Every notice is a thing of its own: one
 * that a receiver does not take holds up no other.
 */
export async function ringHooks(core: Core, transaction: Transaction, rings: readonly Ring[]): Promise<void> {
  if (rings.length > 0) await ringFound(core, transaction, rings, await findHooks(transaction, rings));
}

/** The hooks that listen to any of these triggers, for who asks for them together with something else. */
export async function findHooks(
  transaction: Transaction,
  rings: readonly Pick<Ring, 'tenantId' | 'trigger'>[],
): Promise<Hook[]> {
  const kinds = new Map(rings.map((ring) => [`${ring.tenantId} ${ring.trigger}`, ring]));
  return kinds.size === 0 ? [] : selectHooksFor(transaction, [...kinds.values()]);
}

/** As `ringHooks`, of hooks found before in the same transaction. */
export async function ringFound(
  core: Core,
  transaction: Transaction,
  rings: readonly Ring[],
  hooks: readonly Hook[],
): Promise<void> {
  const notices = rings.flatMap((ring) =>
    hooks.filter((hook) => hears(hook, ring)).map((hook) => ({ ring, hook })),
  );
  await recordEvents(
    core,
    transaction,
    notices.map(({ ring: { tenantId, trigger, objectId, at }, hook: { id, dialect, url, contentType } }) => ({
      tenantId,
      type: 'hook.rung',
      subject: { kind: 'hook' as const, id: core.ids.uuid(), version: 1 },
      data: { hookId: String(id), trigger, objectId: String(objectId), contentType } satisfies HookNews & {
        hookId: string;
      },
      at,
      callback: { dialect, url },
    })),
  );
}

function hears({ tenantId, trigger, departmentId }: Hook, ring: Ring): boolean {
  if (tenantId !== ring.tenantId || trigger !== ring.trigger) return false;
  return departmentId === null || departmentId === ring.departmentId;
}
