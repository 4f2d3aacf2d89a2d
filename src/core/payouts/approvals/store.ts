import type { Transaction } from '#db/database.ts';
import type { CredentialId } from '#kit/ids.ts';
import type { Payout, PayoutId } from '../payout.ts';

/** Keeps an approval of each payout, one for each credential, and answers how many each has. Their rows are locked. */
export async function insertApprovals(
  transaction: Transaction,
  { tenantId, ids }: { readonly tenantId: Payout['tenantId']; readonly ids: readonly PayoutId[] },
  approval: { readonly credentialId: CredentialId; readonly releasedBy: string; readonly at: Date },
): Promise<ReadonlyMap<PayoutId, number>> {
  transaction.write(
    `insert into payout_approvals (tenant_id, payout_id, credential_id, approver, at)
     select $1, given.id, $3, $4, $5 from unnest($2::uuid[]) as given (id) on conflict do nothing`,
    [tenantId, ids, approval.credentialId, approval.releasedBy, approval.at],
    'insert-payout-approvals',
  );
  const rows = await transaction.query<{ id: PayoutId; count: number }>(
    `select payout_id as id, count(*)::int as count from payout_approvals
     where tenant_id = $1 and payout_id = any($2::uuid[]) group by payout_id`,
    [tenantId, ids],
    'select-payout-approvals',
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}
