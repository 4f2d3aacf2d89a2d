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

/** The standing of invoices, in their order. */
export async function readInvoiceStandings(
  core: Means,
  tenant: Pick<Tenant, 'id'>,
  invoices: readonly PracticeObject<'invoice'>[],
): Promise<InvoiceStanding[]> {
  const ids = invoices.map(({ id }) => id);
  if (ids.length === 0) return [];
  const [paid, made] = await Promise.all([
    selectPaid(core.database, tenant.id, ids),
    selectIdsOfInvoices(core.database, tenant.id, ids),
  ]);
  return invoices.map(({ id, fields }) => {
    const sum = paid.find(({ invoiceId }) => invoiceId === id)?.paid ?? 0n;
    const due = BigInt(fields.dueMinor) - sum;
    return {
      due: due > 0n ? due : 0n,
      postransactionIds: made.filter(({ invoiceId }) => invoiceId === id).map((one) => one.id),
    };
  });
}
