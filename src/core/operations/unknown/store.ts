/** The SQL of operations of which nobody knows whether they happened: for a person to look into. */
import type { Queryable } from '#db/database.ts';
import { selectPage } from '#db/select-page.ts';
import type { TenantId } from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import type { Operation } from '../operation.ts';
import { columns } from '../store.ts';

export async function selectUnknown(
  queryable: Queryable,
  tenantId: TenantId,
  page: Page,
): Promise<Operation[]> {
  return selectPage<Operation>(
    queryable,
    {
      sql: `select ${columns} from operations o where o.tenant_id = $1 and o.status = 'unknown'`,
      parameters: [tenantId],
      by: ['o.created_at', 'o.id'],
    },
    page,
  );
}
