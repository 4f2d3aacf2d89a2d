/** What each row of the event API does: read the wire, call one operation of the core, write the wire. */
import type { Callback } from '#core/callbacks/callback.ts';
import { acknowledgeMissed, listMissed } from '#core/callbacks/missed-callbacks.ts';
import { changeSubscription } from '#core/event-subscriptions/change-subscription.ts';
import { endSubscription } from '#core/event-subscriptions/end-subscription.ts';
import type { EventSubscription, SubscriptionOrder } from '#core/event-subscriptions/event-subscription.ts';
import { listSubscriptions, readSubscription } from '#core/event-subscriptions/read-subscriptions.ts';
import { reopenSubscription } from '#core/event-subscriptions/reopen-subscription.ts';
import { subscribe } from '#core/event-subscriptions/subscribe.ts';
import type { StoredEvent } from '#core/events/event.ts';
import type { Route, RouteAnswer, RouteRequest } from '#http/facade.ts';
import { renderCallback } from './callbacks.ts';
import { type EventName, nameOf, typesOf } from './event-names.ts';
import { readId, writeId } from './wire.ts';

type Handle = Route['handle'];

/** Whose words subscribers are told in. */
const dialect = 'optum';

export const postSubscription: Handle = async (request) => {
  const { result, replayed } = await subscribe(request.core, request.call, {
    ...readOrder(request.body),
    dialect,
  });
  return answer(request, result.subscriptionId, replayed);
};

export const getSubscriptions: Handle = async ({ core, call }) => ({
  body: { data: (await listSubscriptions(core, call.tenant)).map(write) },
});

export const getSubscription: Handle = async (request) => answer(request, idOf(request), false);

export const putSubscription: Handle = async (request) => {
  const order = { ...readOrder(request.body), id: idOf(request) };
  const { result, replayed } = await changeSubscription(request.core, request.call, order);
  return answer(request, result.subscriptionId, replayed);
};

export const deleteSubscription: Handle = async (request) => {
  const { replayed } = await endSubscription(request.core, request.call, idOf(request));
  return { replayed };
};

export const postReopen: Handle = async (request) => {
  const { result, replayed } = await reopenSubscription(request.core, request.call, idOf(request));
  return answer(request, result.subscriptionId, replayed);
};

export const getMissed: Handle = async (request) => {
  const subscription = await readSubscription(request.core, request.call.tenant, idOf(request));
  const missed = await listMissed(request.core, subscription);
  return {
    body: { data: missed.map(({ callback, event }) => writeMissed(subscription, callback, event)) },
  };
};

export const postAcknowledge: Handle = async (request) => {
  const { core, call, params } = request;
  const owner = await readSubscription(core, call.tenant, idOf(request));
  const eventId = readId(params.eventId, 'missed event');
  const { replayed } = await acknowledgeMissed(core, call, { owner, eventId });
  return { replayed };
};

function idOf({ params }: RouteRequest): string {
  return readId(params.id, 'subscription');
}

function readOrder(body: unknown): SubscriptionOrder {
  const { url, eventNames, auth } = body as {
    url: string;
    eventNames: EventName[];
    auth: { apiKey: { key: string } };
  };
  return { url, eventNames, eventTypes: typesOf(eventNames), key: auth.apiKey.key };
}

async function answer({ core, call }: RouteRequest, id: string, replayed: boolean): Promise<RouteAnswer> {
  return { body: write(await readSubscription(core, call.tenant, id)), replayed };
}

function write({ id, url, eventNames, status, createdAt }: EventSubscription) {
  return { id: writeId(id), url, eventNames, status, createdAt: createdAt.toISOString() };
}

/** Both payloads are text: JSON within JSON, as the vendor has them. */
function writeMissed({ id }: EventSubscription, callback: Callback, event: StoredEvent) {
  return {
    id: writeId(event.id),
    eventName: nameOf(event.type),
    subscriptionId: writeId(id),
    eventPayload: renderCallback(event),
    failurePayload: JSON.stringify({
      type: '/docs/problems/missed-event',
      title: callback.lastError ?? 'the event was not delivered',
      status: callback.lastStatus,
      traceId: callback.id,
    }),
  };
}
