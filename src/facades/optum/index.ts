import type { Facade } from '#http/facade.ts';
import { authenticate, security } from './auth.ts';
import { errorShape, renderError } from './errors.ts';
import { eventRoutes } from './event-routes.ts';
import { routes } from './routes.ts';
import { prefix } from './wire.ts';

export { callbackRule, renderCallback, signCallback } from './callbacks.ts';

export const facade: Facade = {
  name: 'optum',
  title: 'Optum Financial Issue: payments from payers to providers',
  about:
    'Payments with hold, release, void and reissue, by ACH, check and virtual card, with their remittance.',
  prefix,
  security,
  tokenPath: '/api/issue/oauth2/token',
  exactNumbers: true,
  authenticate,
  renderError,
  errorShape,
  routes,
};

/** At addresses of its own, from the server's root; the credentials are the same. */
export const eventFacade: Facade = {
  name: 'optum-events',
  title: 'Optum Financial events: who is told of payments and batches',
  about: 'Subscriptions with a handshake, signed events, and what was missed while a circuit was open.',
  prefix: '/api/event-api/v1',
  alsoAt: ['/v1/event-api'],
  security,
  exactNumbers: true,
  authenticate,
  renderError,
  errorShape,
  routes: eventRoutes,
};
