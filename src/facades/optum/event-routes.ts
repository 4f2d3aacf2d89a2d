/** The event API as a table. */
import type { Route } from '#http/facade.ts';
import * as operations from './event-operations.ts';
import * as shapes from './event-schemas.ts';

export const eventRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/subscriptions',
    summary: 'Subscribe to events, once the address has answered a handshake',
    body: shapes.subscribe,
    status: 201,
    answer: shapes.subscription,
    handle: operations.postSubscription,
  },
  {
    method: 'GET',
    path: '/subscriptions',
    summary: 'List subscriptions',
    status: 200,
    answer: shapes.subscriptions,
    handle: operations.getSubscriptions,
  },
  {
    method: 'GET',
    path: '/subscriptions/:id',
    summary: 'Retrieve a subscription',
    params: shapes.subscriptionParams,
    status: 200,
    answer: shapes.subscription,
    handle: operations.getSubscription,
  },
  {
    method: 'PUT',
    path: '/subscriptions/:id',
    summary: 'Change a subscription, once the address has answered a handshake',
    params: shapes.subscriptionParams,
    body: shapes.subscribe,
    status: 200,
    answer: shapes.subscription,
    handle: operations.putSubscription,
  },
  {
    method: 'DELETE',
    path: '/subscriptions/:id',
    summary: 'End a subscription',
    params: shapes.subscriptionParams,
    status: 204,
    handle: operations.deleteSubscription,
  },
  {
    method: 'GET',
    path: '/subscriptions/:id/missed-events',
    summary: 'List events that were missed and not acknowledged',
    params: shapes.subscriptionParams,
    status: 200,
    answer: shapes.missedEvents,
    handle: operations.getMissed,
  },
  {
    method: 'POST',
    path: '/subscriptions/:id/missed-events/:eventId/acknowledge',
    summary: 'Acknowledge a missed event',
    params: shapes.missedParams,
    body: shapes.nothing,
    status: 204,
    handle: operations.postAcknowledge,
  },
  {
    method: 'POST',
    path: '/subscriptions/:id/reopen',
    summary: 'Close the circuit again, and send what was missed',
    params: shapes.subscriptionParams,
    body: shapes.nothing,
    status: 200,
    answer: shapes.subscription,
    handle: operations.postReopen,
  },
];
