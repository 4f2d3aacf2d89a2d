import type { Transaction } from '#db/database.ts';
import { invalid } from '#kit/errors.ts';
import type { Call, Core } from '../core.ts';
import { findPracticeObject } from '../practice/read-practice.ts';
import { requireCallbackUrl } from '../tenants/check-urls.ts';
import type { HookFields } from './hook.ts';

/** Refuses an address that we may not send to, as it is refused again at each sending, and a department that is none. */
export async function requireHookTarget(
  core: Core,
  transaction: Transaction,
  { tenant }: Call,
  { url, departmentId }: HookFields,
): Promise<void> {
  requireCallbackUrl(core, tenant, 'target_url', url);
  if (departmentId === null) return;
  const department = await findPracticeObject({ database: transaction }, tenant, 'department', departmentId);
  if (department === undefined)
    throw invalid('department', 'invalid_enum', 'Invalid hyperlink - Object does not exist.');
}
