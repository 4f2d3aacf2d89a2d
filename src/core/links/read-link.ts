import type { Queryable } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import { isUuid, type LinkId } from '#kit/ids.ts';
import type { Page } from '#kit/page.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Link } from './link.ts';
import { selectLink, selectLinkByToken, selectLinks } from './store.ts';

type Means = { readonly database: Queryable };

/** One of the tenant's links. An unknown id and another tenant's are the same `not_found`. */
export async function readLink(core: Means, tenant: Tenant, id: string): Promise<Link> {
  const link = isUuid(id) ? await selectLink(core.database, tenant.id, id as LinkId) : undefined;
  if (link === undefined) throw notFound('payment link');
  return link;
}

const tokenPattern = /^[A-Za-z0-9_-]{22,64}$/;

/** The link a payer's address names, whosever it is; undefined where there is none. */
export async function findLinkByToken(core: Means, token: string): Promise<Link | undefined> {
  return tokenPattern.test(token) ? selectLinkByToken(core.database, token) : undefined;
}

/** The tenant's links, newest first. */
export async function listLinks(core: Means, tenant: Tenant, page: Page): Promise<Link[]> {
  return selectLinks(core.database, tenant.id, page);
}
