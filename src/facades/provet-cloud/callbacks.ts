/** Hooks as they are rung (facts 6.4): the object's kind and id, and nothing of what it holds. */
import type { CallbackRule } from '#core/callbacks/callback.ts';
import type { StoredEvent } from '#core/events/event.ts';
import type { HookNews, HookTrigger } from '#core/hooks/hook.ts';

/** The vendor prints those of other objects; these follow their pattern. */
const names = {
  client: 'client_id',
  invoice: 'invoice_id',
  'invoice-draft': 'invoice_id',
  invoicepayment: 'invoicepayment_id',
  unallocatedpayment: 'unallocatedpayment_id',
  phonenumber: 'phonenumber_id',
} as const satisfies Record<HookTrigger, string>;

export function renderCallback({ data, subject }: StoredEvent): string {
  if (subject.kind !== 'hook') throw new Error(`Provet Cloud tells nothing of a ${subject.kind}`);
  const { trigger, objectId, contentType } = data as unknown as HookNews;
  const name = names[trigger];
  return contentType === 'form' ? `${name}=${objectId}` : JSON.stringify({ [name]: Number(objectId) });
}

const contentTypes = {
  form: 'application/x-www-form-urlencoded',
  json: 'application/json',
} as const satisfies Record<HookNews['contentType'], string>;

/** Arrived is 200 and nothing else; what has not is sent up to ten times more. */
export const callbackRule: CallbackRule = {
  attempts: 11,
  isDelivered: (status) => status === 200,
  contentType: ({ data }) => contentTypes[(data as unknown as HookNews).contentType],
};
