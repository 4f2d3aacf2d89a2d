import type { Facade } from '#http/facade.ts';
import { authenticate, security } from './auth.ts';
import { errorShape, renderError } from './errors.ts';
import { routes } from './routes.ts';
import { prefix } from './wire.ts';

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
