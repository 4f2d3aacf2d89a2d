import type { Facade } from '../../http/facade.ts';
import { authenticate, security } from './auth.ts';
import { errorShape, renderError } from './errors.ts';
import { routes } from './routes.ts';

export { renderCallback } from './callbacks.ts';

export const facade: Facade = {
  name: 'ping',
  title: 'Ping Payments: payment links and payment orders',
  about: 'The payment links API and the payments API beneath it, as Ping Payments documents them.',
  prefix: '/api/v1',
  security,
  authenticate,
  renderError,
  errorShape,
  routes,
};
