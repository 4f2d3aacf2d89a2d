/** Objects as the practice system reads them, with what is kept elsewhere of them. */
import { readInvoiceStandings } from '#core/postransactions/read-postransactions.ts';
import type { PracticeKind, PracticeObject } from '#core/practice/practice.ts';
import { readPayers, readPhones } from '#core/practice/read-practice.ts';
import { businessNow } from '#core/tenants/tenant.ts';
import type { RouteRequest } from '#http/facade.ts';
import { hyperlinksFor } from './hyperlinks.ts';
import { plainWriters, type WriteMeans, writeClient, writeInvoice } from './write.ts';

export type Body = Record<string, unknown>;

/** Writes objects of a kind, in their order. */
type WriteObjects<Kind extends PracticeKind> = (
  request: RouteRequest,
  objects: readonly PracticeObject<Kind>[],
  means: WriteMeans,
) => Promise<Body[]>;

const writers = {
  department: async (_request, objects, means) => objects.map((one) => plainWriters.department(one, means)),
  user: async (_request, objects, means) => objects.map((one) => plainWriters.user(one, means)),
  paymentmethod: async (_request, objects, means) =>
    objects.map((one) => plainWriters.paymentmethod(one, means)),
  phonenumber: async (_request, objects, means) => objects.map((one) => plainWriters.phonenumber(one, means)),
  client: async ({ core, call }, objects, means) => {
    const ids = objects.map(({ id }) => id);
    const [phones, payers] = await Promise.all([
      readPhones(core, objects),
      readPayers(core, call.tenant.id, ids),
    ]);
    return objects.map((one) => writeClient(one, { phones, payers }, means));
  },
  invoice: async ({ core, call }, objects, means) => {
    const standings = await readInvoiceStandings(core, call.tenant, objects);
    return objects.flatMap((one, index) => {
      const standing = standings[index];
      return standing === undefined ? [] : [writeInvoice(one, standing, means)];
    });
  },
} satisfies { [Kind in PracticeKind]: WriteObjects<Kind> };

/** Writes objects of one kind. */
export async function writeObjects<Kind extends PracticeKind>(
  request: RouteRequest,
  kind: Kind,
  objects: readonly PracticeObject<Kind>[],
): Promise<Body[]> {
  // The compiler loses which writer belongs to which kind.
  const write = writers[kind] as WriteObjects<Kind>;
  return write(request, objects, await meansOf(request));
}

/** What objects are written with for this caller. */
export async function meansOf(request: RouteRequest): Promise<WriteMeans> {
  const { core, batched, call } = request;
  return {
    tenant: call.tenant,
    publicUrl: core.publicUrl,
    links: hyperlinksFor(request),
    paymentMethodId: await batched.practice.readLinkMethodId(call.tenant),
    now: businessNow(core.clock, call.tenant),
  };
}
