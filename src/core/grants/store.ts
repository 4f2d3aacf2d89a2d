import type { Queryable, Transaction } from '#db/database.ts';
import type { Grant, GrantClient } from './grant.ts';

const columns = `g.tenant_id as "tenantId", g.id, g.credential_id as "credentialId", g.redirect_uri as "redirectUri",
  g.challenge, g.code_expires_at as "codeExpiresAt", g.redeemed_at as "redeemedAt", g.revoked_at as "revokedAt"`;

export async function insertApplication(
  queryable: Queryable,
  row: Pick<Grant, 'tenantId' | 'credentialId'> & {
    readonly isPublic: boolean;
    readonly redirectUris: readonly string[];
  },
): Promise<void> {
  await queryable.query(
    'insert into applications (tenant_id, credential_id, is_public, redirect_uris) values ($1, $2, $3, $4)',
    [row.tenantId, row.credentialId, row.isPublic, row.redirectUris],
  );
}

export async function insertGrant(
  queryable: Queryable,
  grant: Omit<Grant, 'redeemedAt' | 'revokedAt'> & { readonly codeDigest: Buffer; readonly createdAt: Date },
): Promise<void> {
  await queryable.query(
    `insert into grants (tenant_id, id, credential_id, redirect_uri, challenge, code_digest, code_expires_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      grant.tenantId,
      grant.id,
      grant.credentialId,
      grant.redirectUri,
      grant.challenge,
      grant.codeDigest,
      grant.codeExpiresAt,
      grant.createdAt,
    ],
  );
}

/** The row lock under which a code is exchanged, so that of two who bring it one is the second. */
export async function lockGrantByCode(
  transaction: Transaction,
  { tenantId, credentialId }: GrantClient,
  digest: Buffer,
): Promise<Grant | undefined> {
  const rows = await transaction.query<Grant>(
    `select ${columns} from grants g
     where g.tenant_id = $1 and g.credential_id = $2 and g.code_digest = $3 for update`,
    [tenantId, credentialId, digest],
  );
  return rows[0];
}

export interface RefreshRow extends Grant {
  readonly refreshExpiresAt: Date;
  readonly usedAt: Date | null;
}

/** The grant is locked before the token: whoever revokes it waits, or has already. */
export async function lockGrantByRefresh(
  transaction: Transaction,
  { tenantId, credentialId }: GrantClient,
  digest: Buffer,
): Promise<RefreshRow | undefined> {
  const locked = await transaction.query<Grant>(
    `select ${columns} from grants g
     where g.tenant_id = $1 and g.credential_id = $2
       and g.id = (select grant_id from refresh_tokens where tenant_id = $1 and digest = $3)
     for update`,
    [tenantId, credentialId, digest],
  );
  const [grant] = locked;
  if (grant === undefined) return undefined;
  const rows = await transaction.query<Pick<RefreshRow, 'refreshExpiresAt' | 'usedAt'>>(
    `select expires_at as "refreshExpiresAt", used_at as "usedAt" from refresh_tokens
     where tenant_id = $1 and digest = $2`,
    [tenantId, digest],
  );
  return rows[0] === undefined ? undefined : { ...grant, ...rows[0] };
}

export async function insertRefreshToken(
  queryable: Queryable,
  row: {
    readonly grant: Pick<Grant, 'tenantId' | 'id'>;
    readonly digest: Buffer;
    readonly createdAt: Date;
    readonly expiresAt: Date;
  },
): Promise<void> {
  await queryable.query(
    `insert into refresh_tokens (tenant_id, digest, grant_id, created_at, expires_at) values ($1, $2, $3, $4, $5)`,
    [row.grant.tenantId, row.digest, row.grant.id, row.createdAt, row.expiresAt],
  );
}

export async function updateRefreshUsed(queryable: Queryable, digest: Buffer, at: Date): Promise<void> {
  await queryable.query('update refresh_tokens set used_at = $2 where digest = $1', [digest, at]);
}

export async function updateRedeemed(
  queryable: Queryable,
  { tenantId, id }: Pick<Grant, 'tenantId' | 'id'>,
  at: Date,
): Promise<void> {
  await queryable.query('update grants set redeemed_at = $3 where tenant_id = $1 and id = $2', [
    tenantId,
    id,
    at,
  ]);
}

/** Ends a grant, and with it every access token that came of it; its refresh tokens are refused for its sake. */
export async function endGrant(
  queryable: Queryable,
  { tenantId, id }: Pick<Grant, 'tenantId' | 'id'>,
  at: Date,
): Promise<void> {
  await queryable.query(
    'update grants set revoked_at = coalesce(revoked_at, $3) where tenant_id = $1 and id = $2',
    [tenantId, id, at],
  );
  await queryable.query('delete from access_tokens where tenant_id = $1 and grant_id = $2', [tenantId, id]);
}

export interface Application {
  readonly tenantId: Grant['tenantId'];
  readonly credentialId: Grant['credentialId'];
  readonly facade: string;
  readonly clientId: string;
  readonly label: string;
  readonly account: string | null;
  readonly tenantName: string;
  readonly isPublic: boolean;
  readonly redirectUris: readonly string[];
}

const applicationColumns = `a.tenant_id as "tenantId", a.credential_id as "credentialId", c.facade, c.lookup as "clientId", c.label,
  c.account, t.name as "tenantName", a.is_public as "isPublic", a.redirect_uris as "redirectUris"`;

const applications = `applications a join credentials c on (c.tenant_id, c.id) = (a.tenant_id, a.credential_id)
  join tenants t on t.id = a.tenant_id`;

export async function selectApplication(
  queryable: Queryable,
  facade: string,
  lookup: string,
  wallNow: Date,
): Promise<Application | undefined> {
  const rows = await queryable.query<Application>(
    `select ${applicationColumns} from ${applications}
     where c.facade = $1 and c.lookup = $2 and c.revoked_at is null and (c.expires_at is null or c.expires_at > $3)`,
    [facade, lookup, wallNow],
  );
  return rows[0];
}

/** A tenant's applications that are not over, newest first. They are few. */
export async function selectApplications(
  queryable: Queryable,
  tenantId: Grant['tenantId'],
  wallNow: Date,
): Promise<Application[]> {
  return queryable.query<Application>(
    `select ${applicationColumns} from ${applications}
     where a.tenant_id = $1 and c.revoked_at is null and (c.expires_at is null or c.expires_at > $2)
     order by c.created_at desc, c.id`,
    [tenantId, wallNow],
  );
}

export async function selectIsApplication(
  queryable: Queryable,
  tenantId: Grant['tenantId'],
  credentialId: Grant['credentialId'],
): Promise<boolean> {
  const rows = await queryable.query(
    'select 1 from applications where tenant_id = $1 and credential_id = $2',
    [tenantId, credentialId],
  );
  return rows.length > 0;
}

/** Removes refresh tokens that were over before `before`, at most `limit` of them, and answers how many went. */
export async function deleteRefreshTokensBefore(
  queryable: Queryable,
  before: Date,
  limit: number,
): Promise<number> {
  const rows = await queryable.query(
    `delete from refresh_tokens where digest in
       (select digest from refresh_tokens where expires_at < $1 order by expires_at limit $2) returning 1`,
    [before, limit],
  );
  return rows.length;
}
