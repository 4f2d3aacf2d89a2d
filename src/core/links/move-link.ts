import type { Transaction } from '#db/database.ts';
import type { PaymentId } from '#kit/ids.ts';
import { minorToJson } from '#kit/money.ts';
import type { Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import { ringForLink } from '../postransactions/ring-for-link.ts';
import { type Link, type LinkStatus, linkTransitions } from './link.ts';
import { updateLinkStatus } from './store.ts';

/**
 * Moves a link that the caller holds, with its event and the callback it owes. Moving to where it is changes nothing.
 * A move the table does not know is a bug and throws.
 */
export async function moveLink(
  core: Core,
  transaction: Transaction,
  link: Link,
  move: { to: LinkStatus; reason: string; at: Date; paymentId?: PaymentId },
): Promise<Link> {
  if (link.status === move.to) return link;
  const allowed: readonly LinkStatus[] = linkTransitions[link.status];
  if (!allowed.includes(move.to))
    throw new Error(`link ${link.id} cannot go from ${link.status} to ${move.to}`);
  const moved = await updateLinkStatus(transaction, link, {
    status: move.to,
    paymentId: move.paymentId ?? null,
  });
  if (moved === undefined) throw new Error(`link ${link.id} changed while it was held`);
  await recordEvents(core, transaction, [
    {
      tenantId: moved.tenantId,
      type: `link.${moved.status}`,
      subject: { kind: 'link', id: moved.id, version: moved.version },
      data: {
        linkId: moved.id,
        orderId: moved.orderId,
        paymentId: moved.paymentId,
        status: moved.status,
        amount: minorToJson(moved.amount),
        currency: moved.currency,
        reason: move.reason,
      },
      at: move.at,
      ...(moved.callbackUrl === null ? {} : { callback: { dialect: moved.origin, url: moved.callbackUrl } }),
    },
  ]);
  const { tenantId, id: linkId } = moved;
  if (moved.particulars.forPractice === true)
    await ringForLink(core, transaction, {
      tenantId,
      linkId,
      movesMoney: moved.status === 'completed',
      at: move.at,
    });
  return moved;
}
