import type { Queryable, Transaction } from '#db/database.ts';
import { withoutNumbers } from '#db/rows-together.ts';
import { selectForEach } from '#db/select-for-each.ts';
import type { CredentialId, TenantId } from '#kit/ids.ts';
import type { Credential } from './credential.ts';
import type { Tenant } from './tenant.ts';

const columns = `id, organisation_id as "organisationId", name, mode, country, zone, clock_offset_ms::float8 as "clockOffsetMs",
  settings, callback_public_key as "callbackPublicKey"`;

const credentialColumns = `tenant_id as "tenantId", id, facade, lookup, digest, label, account, created_at as "createdAt",
  expires_at as "expiresAt", revoked_at as "revokedAt", last_used_at as "lastUsedAt"`;

export async function insertTenant(queryable: Queryable, tenant: Tenant, at: Date): Promise<void> {
  await queryable.query(
    `insert into tenants (id, organisation_id, name, mode, country, zone, settings, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing`,
    [
      tenant.id,
      tenant.organisationId,
      tenant.name,
      tenant.mode,
      tenant.country,
      tenant.zone,
      JSON.stringify(tenant.settings),
      at,
    ],
  );
}

const tenantsById = selectForEach({ tenant: 'uuid' }, `select ${columns} from tenants where id = g.tenant`);

export async function selectTenant(queryable: Queryable, id: TenantId): Promise<Tenant | undefined> {
  const rows = await queryable.queryRows<Tenant>(tenantsById, [[id]], 'select-tenants');
  return withoutNumbers(rows)[0];
}

export async function selectTenantsOf(queryable: Queryable, organisationId: string): Promise<Tenant[]> {
  return queryable.query<Tenant>(
    `select ${columns} from tenants where organisation_id = $1 order by created_at, id`,
    [organisationId],
  );
}

/** The row lock under which a tenant's settings change: two changes at once are both kept. Rows that name the tenant go on. */
export async function lockTenant(transaction: Transaction, id: TenantId): Promise<Tenant | undefined> {
  const rows = await transaction.query<Tenant>(
    `select ${columns} from tenants where id = $1 for no key update`,
    [id],
  );
  return rows[0];
}

/** The row lock that also waits for, and holds up, everything that is being written for the tenant. */
export async function lockTenantWhole(transaction: Transaction, id: TenantId): Promise<Tenant | undefined> {
  const rows = await transaction.query<Tenant>(`select ${columns} from tenants where id = $1 for update`, [
    id,
  ]);
  return rows[0];
}

export async function updateTenant(
  transaction: Transaction,
  { id, name, zone, settings }: Pick<Tenant, 'id' | 'name' | 'zone' | 'settings'>,
): Promise<void> {
  transaction.write('update tenants set name = $2, zone = $3, settings = $4 where id = $1', [
    id,
    name,
    zone,
    JSON.stringify(settings),
  ]);
}

/** Moves a test tenant's clock; it never goes back. */
export async function updateClockOffset(queryable: Queryable, id: TenantId, offsetMs: number): Promise<void> {
  await queryable.query('update tenants set clock_offset_ms = $2 where id = $1 and clock_offset_ms < $2', [
    id,
    offsetMs,
  ]);
}

export async function updateCallbackKey(
  queryable: Queryable,
  id: TenantId,
  publicKey: string,
  privateKeySealed: string,
): Promise<void> {
  await queryable.query(
    'update tenants set callback_public_key = $2, callback_private_key_sealed = $3 where id = $1',
    [id, publicKey, privateKeySealed],
  );
}

const callbackKeysByTenant = selectForEach(
  { tenant: 'uuid' },
  'select callback_private_key_sealed as sealed from tenants where id = g.tenant',
);

export async function selectCallbackPrivateKey(queryable: Queryable, id: TenantId): Promise<string | null> {
  const rows = await queryable.queryRows<{ sealed: string | null }>(
    callbackKeysByTenant,
    [[id]],
    'select-callback-keys',
  );
  return rows[0]?.sealed ?? null;
}

export async function insertCredential(queryable: Queryable, credential: Credential): Promise<void> {
  await queryable.query(
    `insert into credentials (tenant_id, id, facade, lookup, digest, label, account, created_at, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing`,
    [
      credential.tenantId,
      credential.id,
      credential.facade,
      credential.lookup,
      credential.digest,
      credential.label,
      credential.account,
      credential.createdAt,
      credential.expiresAt,
    ],
  );
}

export async function selectCredentialsByLookup(
  queryable: Queryable,
  facade: string,
  lookup: string,
): Promise<Credential[]> {
  return queryable.query<Credential>(
    `select ${credentialColumns} from credentials where facade = $1 and lookup = $2`,
    [facade, lookup],
    'select-credentials-by-lookup',
  );
}

export interface AccessTokenRow {
  readonly tenantId: TenantId;
  readonly digest: Buffer;
  readonly facade: string;
  readonly credentialId: CredentialId;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly grantId?: string;
}

export async function insertAccessToken(queryable: Queryable, row: AccessTokenRow): Promise<void> {
  await queryable.query(
    `insert into access_tokens (tenant_id, digest, facade, credential_id, created_at, expires_at, grant_id)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [
      row.tenantId,
      row.digest,
      row.facade,
      row.credentialId,
      row.createdAt,
      row.expiresAt,
      row.grantId ?? null,
    ],
  );
}

export async function selectAccessToken(
  queryable: Queryable,
  facade: string,
  digest: Buffer,
): Promise<AccessTokenRow | undefined> {
  const rows = await queryable.query<AccessTokenRow>(
    `select tenant_id as "tenantId", digest, facade, credential_id as "credentialId", created_at as "createdAt",
       expires_at as "expiresAt"
     from access_tokens where facade = $1 and digest = $2`,
    [facade, digest],
    'select-access-token',
  );
  return rows[0];
}

export async function deleteAccessToken(
  queryable: Queryable,
  { tenantId, credentialId, digest }: Pick<AccessTokenRow, 'tenantId' | 'credentialId' | 'digest'>,
): Promise<void> {
  await queryable.query(
    'delete from access_tokens where tenant_id = $1 and credential_id = $2 and digest = $3',
    [tenantId, credentialId, digest],
  );
}

/** Removes tokens that ended before `before`, at most `limit` of them, and answers how many went. */
export async function deleteTokensBefore(queryable: Queryable, before: Date, limit: number): Promise<number> {
  const rows = await queryable.query(
    `delete from access_tokens where (tenant_id, digest) in
       (select tenant_id, digest from access_tokens where expires_at < $1 order by expires_at limit $2)
     returning 1`,
    [before, limit],
  );
  return rows.length;
}

export async function selectCredentials(queryable: Queryable, tenantId: TenantId): Promise<Credential[]> {
  return queryable.query<Credential>(
    `select ${credentialColumns} from credentials where tenant_id = $1 order by created_at desc, id`,
    [tenantId],
  );
}

export async function selectCredential(
  queryable: Queryable,
  tenantId: TenantId,
  id: CredentialId,
): Promise<Credential | undefined> {
  const rows = await queryable.query<Credential>(
    `select ${credentialColumns} from credentials where tenant_id = $1 and id = $2`,
    [tenantId, id],
  );
  return rows[0];
}

/** The row lock under which a credential is replaced, so that it is replaced once at a time. */
export async function lockCredential(
  transaction: Transaction,
  tenantId: TenantId,
  id: CredentialId,
): Promise<Credential | undefined> {
  const rows = await transaction.query<Credential>(
    `select ${credentialColumns} from credentials where tenant_id = $1 and id = $2 for update`,
    [tenantId, id],
  );
  return rows[0];
}

/** Ends a credential at `at`, or at once where it ends earlier already; answers whether there was one. */
export async function updateCredentialEnd(
  queryable: Queryable,
  tenantId: TenantId,
  id: string,
  end: { expiresAt: Date | null; revokedAt: Date | null },
): Promise<boolean> {
  const rows = await queryable.query(
    `update credentials set expires_at = least(expires_at, $3), revoked_at = coalesce(revoked_at, $4)
     where tenant_id = $1 and id = $2 returning 1`,
    [tenantId, id, end.expiresAt, end.revokedAt],
  );
  return rows.length > 0;
}

export async function updateLastUsed(queryable: Queryable, ids: readonly string[], at: Date): Promise<void> {
  await queryable.query(
    'update credentials set last_used_at = $2 where id = any($1::uuid[]) and (last_used_at is null or last_used_at < $2)',
    [ids, at],
  );
}

export async function upsertConnectorAccount(
  queryable: Queryable,
  row: { tenantId: TenantId; connector: string; accountSealed: string; at: Date },
): Promise<void> {
  await queryable.query(
    `insert into connector_accounts (tenant_id, connector, account_sealed, created_at) values ($1, $2, $3, $4)
     on conflict (tenant_id, connector) do update set account_sealed = excluded.account_sealed`,
    [row.tenantId, row.connector, row.accountSealed, row.at],
  );
}

const accountsByConnector = selectForEach(
  { tenant: 'uuid', name: 'text' },
  'select account_sealed as sealed from connector_accounts where tenant_id = g.tenant and connector = g.name',
);

export async function selectConnectorAccount(
  queryable: Queryable,
  tenantId: TenantId,
  connector: string,
): Promise<string | undefined> {
  const rows = await queryable.queryRows<{ sealed: string }>(
    accountsByConnector,
    [[tenantId], [connector]],
    'select-connector-accounts',
  );
  return rows[0]?.sealed;
}

export async function deleteConnectorAccount(
  transaction: Transaction,
  tenantId: TenantId,
  connector: string,
): Promise<void> {
  transaction.write('delete from connector_accounts where tenant_id = $1 and connector = $2', [
    tenantId,
    connector,
  ]);
}
