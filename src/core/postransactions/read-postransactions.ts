import type { Queryable } from '#db/database.ts';
import { notFound } from '#kit/errors.ts';
import type { Search } from '#kit/search.ts';
import type { PracticeObject } from '../practice/practice.ts';
import type { Tenant } from '../tenants/tenant.ts';
import type { Postransaction } from './postransaction.ts';
import {
  countPostransactions,
  listColumns,
  selectIdsOfInvoices,
  selectPaid,
  selectPostransaction,
  selectPostransactions,
  selectPostransactionsByIds,
} from './store.ts';

type Means = { readonly database: Queryable };

/** What a list of post-transactions may be filtered and ordered by. */
export const postransactionColumns = listColumns;

/** One of the tenant's post-transactions. An unknown id and another tenant's are the same `not_found`. */
export async function readPostransaction(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  id: bigint,
): Promise<Postransaction> {
  const found = await selectPostransaction(core.database, tenant.id, id);
  if (found === undefined) throw notFound('post-transaction');
  return found;
}

/** Those of the tenant's post-transactions that have these ids. */
export async function readPostransactions(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  ids: readonly bigint[],
): Promise<Postransaction[]> {
  return selectPostransactionsByIds(core.database, tenant.id, ids);
}

/** A page of them, and how many there are in all. */
export async function listPostransactions(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  search: Search & { limit: number; offset: number },
): Promise<{ count: number; objects: Postransaction[] }> {
  const [count, objects] = await Promise.all([
    countPostransactions(core.database, tenant.id, search),
    selectPostransactions(core.database, tenant.id, search),
  ]);
  return { count, objects };
}

/** What is owed of an invoice, and the post-transactions that were made for it. */
export interface InvoiceStanding {
  /** Minor units; never below zero. */
  readonly due: bigint;
  readonly postransactionIds: readonly bigint[];
}

/** The standing of invoices of a tenant, in their order. */
export async function readInvoiceStandings(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  invoices: readonly PracticeObject<'invoice'>[],
): Promise<InvoiceStanding[]> {
  const ids = invoices.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [dueOf, made] = await Promise.all([
    readDue(core, invoices),
    selectIdsOfInvoices(core.database, tenant.id, ids),
  ]);
  return invoices.map((invoice) => ({
    due: dueOf(invoice),
    postransactionIds: made.filter(({ invoiceId }) => invoiceId === invoice.id).map((one) => one.id),
  }));
}

/** Minor units that are due of each of these invoices, never below zero. */
export async function readDue(
  core: Means,
  invoices: readonly PracticeObject<'invoice'>[],
): Promise<(invoice: PracticeObject<'invoice'>) => bigint> {
  const rows = invoices.length === 0 ? [] : await selectPaid(core.database, invoices);
  const paid = new Map(rows.map((row) => [`${row.tenantId} ${row.invoiceId}`, row.paid]));
  return ({ tenantId, id, fields }) => {
    const due = BigInt(fields.dueMinor) - (paid.get(`${tenantId} ${id}`) ?? 0n);
    return due > 0n ? due : 0n;
  };
}
