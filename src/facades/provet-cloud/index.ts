import type { Facade } from '#http/facade.ts';
import {
  authenticate,
  consentScope,
  revokePath,
  security,
  tokenLifeSeconds,
  tokenPath,
  userinfoPath,
} from './auth.ts';
import { errorShape, renderError } from './errors.ts';
import { routes } from './routes.ts';

export { callbackRule, renderCallback } from './callbacks.ts';
export { registerPages } from './consent.ts';

export const facade: Facade = {
  name: 'provet-cloud',
  title: 'Provet Cloud: Provet Pay payment links',
  about:
    'Payment links for invoices and prepayments as post-transactions of Provet Cloud, and the objects they point at.',
  prefix: '/:provet_id/api/0.1',
  trailingSlash: true,
  security,
  tokenPath,
  tokenLifeSeconds,
  revokePath,
  consentScope,
  userinfoPath,
  authenticate,
  renderError,
  errorShape,
  routes,
};
