import type { Transaction } from '#db/database.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import type { Hook, HookNews, HookTrigger } from './hook.ts';
import { selectHooksFor } from './store.ts';

/** What happened, as hooks listen to it. */
export interface Ring {
  readonly trigger: HookTrigger;
  /** Of the object that changed. */
  readonly objectId: bigint;
  /** Null where there is none to infer: then only hooks of the whole practice hear it. */
  readonly departmentId: bigint | null;
}

/**
 * Owes each hook that listens its notice, in the transaction of what happened. Every notice is a thing of its own: one
 * that a receiver does not take holds up no other.
 */
export async function ringHooks(
  core: Core,
  transaction: Transaction,
  tenantId: TenantId,
  rings: readonly Ring[],
  at: Date,
): Promise<void> {
  if (rings.length === 0) return;
  const triggers = [...new Set(rings.map(({ trigger }) => trigger))];
  const hooks = await selectHooksFor(transaction, tenantId, triggers);
  const notices = rings.flatMap((ring) =>
    hooks.filter((hook) => hears(hook, ring)).map((hook) => ({ ring, hook })),
  );
  await recordEvents(
    core,
    transaction,
    notices.map(({ ring: { trigger, objectId }, hook: { id, dialect, url, contentType } }) => ({
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

function hears({ trigger, departmentId }: Hook, ring: Ring): boolean {
  return trigger === ring.trigger && (departmentId === null || departmentId === ring.departmentId);
}
