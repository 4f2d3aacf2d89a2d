import type { AttachmentId, CardId, ClaimId, PayoutId, TenantId, UploadId } from '#kit/ids.ts';
import { contextOf as contextOfPaper } from '../attachments/attach-papers.ts';
import { contextOf as contextOfCard } from '../cards/keep-card.ts';
import type { EventSubscriptionId } from '../event-subscriptions/event-subscription.ts';
import { contextOf as contextOfSubscription } from '../event-subscriptions/subscription-key.ts';
import { contextOf as contextOfBankNumber } from '../payout-accounts/open-account.ts';
import { contextOf as contextOfContent } from '../payout-files/seal-content.ts';
import { contextOf as contextOfNews } from '../payout-files/seal-news.ts';
import { contextOf as contextOfPayee } from '../payouts/payee-number.ts';
import type { PayoutFileId } from '../payouts/payout.ts';
import { contextOf as contextOfRemittance } from '../payouts/remittance/seal-remittance.ts';
import { contextOf as contextOfSigningKey } from '../signing-keys/rotate-signing-keys.ts';
import type { SigningPurpose } from '../signing-keys/signing-key.ts';
import { contextOf as contextOfCallbackKey } from '../tenants/callback-key.ts';
import { contextOf as contextOfAccount } from '../tenants/connector-account.ts';
import { contextOf as contextOfUpload, type UploadKind } from '../uploads/upload.ts';

/** A column whose values a master key seals. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
  /** The primary key: names and PostgreSQL types. */
  readonly key: readonly (readonly [name: string, type: 'uuid' | 'text' | 'integer' | 'bigint'])[];
  /** What else of a row its context is made of. */
  readonly more?: readonly string[];
  /** Rows read and written at once. */
  readonly batch: number;
  readonly contextOf: (row: Readonly<Record<string, string>>) => string;
}

/** Short values. Few enough that their rows are not held for long. */
const batch = 200;

const idOfTenant = [
  ['tenant_id', 'uuid'],
  ['id', 'uuid'],
] as const;

/** The key of all digests, which was random once and is never made anew. */
export const pepperColumn: SealedColumn = {
  table: 'installation_secrets',
  column: 'secret_sealed',
  key: [['name', 'text']],
  batch,
  contextOf: ({ name }) => `installation-secret:${name}`,
};

/** Every other sealed column there is. A test holds this list against the schema. */
export const sealedColumns: readonly SealedColumn[] = [
  {
    table: 'attachments',
    column: 'content_sealed',
    key: idOfTenant,
    // Whole papers, up to five mebibytes each.
    batch: 4,
    contextOf: ({ tenant_id, id }) =>
      contextOfPaper({ tenantId: tenant_id as TenantId, id: id as AttachmentId }),
  },
  {
    table: 'cards',
    column: 'token_sealed',
    key: idOfTenant,
    batch,
    contextOf: ({ tenant_id, id }) => contextOfCard(tenant_id as TenantId, id as CardId),
  },
  {
    table: 'connector_accounts',
    column: 'account_sealed',
    key: [
      ['tenant_id', 'uuid'],
      ['connector', 'text'],
    ],
    batch,
    contextOf: ({ tenant_id, connector = '' }) => contextOfAccount(tenant_id as TenantId, connector),
  },
  {
    table: 'event_subscriptions',
    column: 'key_sealed',
    key: idOfTenant,
    batch,
    contextOf: ({ tenant_id, id }) =>
      contextOfSubscription({ tenantId: tenant_id as TenantId, id: id as EventSubscriptionId }),
  },
  {
    table: 'payout_accounts',
    column: 'bank_account_sealed',
    key: [
      ['tenant_id', 'uuid'],
      ['id', 'text'],
    ],
    batch,
    contextOf: ({ tenant_id, id = '' }) => contextOfBankNumber(tenant_id as TenantId, id),
  },
  {
    table: 'payout_attempts',
    column: 'remittance_sealed',
    key: [
      ['tenant_id', 'uuid'],
      ['payout_id', 'uuid'],
      ['attempt', 'integer'],
    ],
    batch,
    contextOf: ({ tenant_id = '', payout_id = '', attempt = '' }) =>
      contextOfRemittance({ tenantId: tenant_id, payoutId: payout_id, attempt }),
  },
  {
    table: 'payout_files',
    column: 'content_sealed',
    key: idOfTenant,
    // Whole files, up to thousands of entries each.
    batch: 4,
    contextOf: ({ tenant_id, id }) =>
      contextOfContent({ tenantId: tenant_id as TenantId, id: id as PayoutFileId }),
  },
  {
    table: 'payout_news',
    column: 'detail_sealed',
    key: [
      ['tenant_id', 'uuid'],
      ['account_id', 'text'],
      ['rail', 'text'],
      ['sequence', 'bigint'],
    ],
    batch,
    contextOf: ({ tenant_id = '', account_id = '', rail = '', sequence = '' }) =>
      contextOfNews({ tenantId: tenant_id, accountId: account_id, rail, sequence }),
  },
  {
    table: 'payout_orders',
    column: 'payee_account_sealed',
    key: idOfTenant,
    batch,
    contextOf: ({ tenant_id, id }) => contextOfPayee({ tenantId: tenant_id as TenantId, id: id as PayoutId }),
  },
  {
    table: 'signing_keys',
    column: 'private_key_sealed',
    key: [['id', 'uuid']],
    more: ['purpose'],
    batch,
    contextOf: ({ id = '', purpose }) => contextOfSigningKey({ id, purpose: purpose as SigningPurpose }),
  },
  {
    table: 'tenants',
    column: 'callback_private_key_sealed',
    key: [['id', 'uuid']],
    batch,
    contextOf: ({ id }) => contextOfCallbackKey(id as TenantId),
  },
  {
    table: 'uploads',
    column: 'key_sealed',
    key: idOfTenant,
    more: ['claim_id', 'kind'],
    batch,
    contextOf: ({ tenant_id, id, claim_id, kind }) =>
      contextOfUpload({
        tenantId: tenant_id as TenantId,
        id: id as UploadId,
        claimId: claim_id as ClaimId,
        kind: kind as UploadKind,
      }),
  },
];
