import type { Facade } from '#http/facade.ts';
import { authenticate, security } from './auth.ts';
import { errorShape, renderError } from './errors.ts';
import { payoutAccountRoutes } from './payout-account-routes.ts';
import { payoutRoutes } from './payout-routes.ts';
import { routes } from './routes.ts';

export { renderCallback } from './callbacks.ts';

export const facade: Facade = {
  name: 'native',
  title: 'Quittance: the native API',
  about: 'Payments, refunds, links, events and keys of every dialect, in one API of our own.',
  prefix: '/v1',
  security,
  authenticate,
  renderError,
  errorShape,
  routes: [...routes, ...payoutRoutes, ...payoutAccountRoutes],
};
