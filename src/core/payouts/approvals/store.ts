import type { Transaction } from '#db/database.ts';
import type { CredentialId } from '#kit/ids.ts';
import type { Payout } from '../payout.ts';

/** Keeps an approval, one for each credential, and answers how many there are. The payout's row is locked. */
export async function insertApproval(
  transaction: Transaction,
  payout: Pick<Payout, 'tenantId' | 'id'>,
  approval: { readonly credentialId: CredentialId; readonly releasedBy: string; readonly at: Date },
): Promise<number> {
  transaction.write(
    `insert into payout_approvals (tenant_id, payout_id, credential_id, approver, at) values ($1, $2, $3, $4, $5)
     on conflict do nothing`,
    [payout.tenantId, payout.id, approval.credentialId, approval.releasedBy, approval.at],
    'insert-payout-approval',
  );
  const rows = await transaction.query(
    'select 1 from payout_approvals where tenant_id = $1 and payout_id = $2',
    [payout.tenantId, payout.id],
    'select-payout-approvals',
  );
  return rows.length;
}
