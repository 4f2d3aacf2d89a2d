import type { Transaction } from '#db/database.ts';
import { minorToJson } from '#kit/money.ts';
import type { Core } from '../core.ts';
import { addCustomers } from '../customers/add-customers.ts';
import type { Customer } from '../customers/customer.ts';
import { recordEvents } from '../events/record-events.ts';
import type { Link } from './link.ts';
import { insertLinks } from './store.ts';

/** Writes new links with their customers and events into the caller's transaction, which has found them sound. */
export async function writeLinks(
  core: Core,
  transaction: Transaction,
  rows: readonly { link: Link; customer: Customer }[],
): Promise<void> {
  await addCustomers(
    transaction,
    rows.map(({ customer }) => customer),
  );
  await insertLinks(
    transaction,
    rows.map(({ link }) => link),
  );
  await recordEvents(
    core,
    transaction,
    rows.map(({ link }) => ({
      tenantId: link.tenantId,
      type: 'link.created',
      subject: { kind: 'link' as const, id: link.id, version: 1 },
      data: {
        linkId: link.id,
        orderId: link.orderId,
        status: 'created',
        amount: minorToJson(link.amount),
        currency: link.currency,
      },
      at: link.createdAt,
    })),
  );
}
