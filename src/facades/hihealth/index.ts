import type { Facade } from '../../http/facade.ts';
import { authenticate, security } from './auth.ts';
import { errorShape, renderError } from './errors.ts';
import { routes } from './routes.ts';

export { renderCallback, signCallback } from './callbacks.ts';
export { registerPages } from './checkout.ts';

export const facade: Facade = {
  name: 'hihealth',
  title: 'hi.health Direct: payments that a payer claims',
  about: 'Payments with signed tokens, pre-authorisation, documents and claims, as hi.health documents them.',
  prefix: '/hihealth',
  security,
  authenticate,
  renderError,
  errorShape,
  routes,
};
