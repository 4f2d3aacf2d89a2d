import type { Facade } from '#http/facade.ts';
import { authenticate, plaintextRefusal, security } from './auth.ts';
import { errorShape, renderError } from './errors.ts';
import { rewriteUrl } from './rewrite-url.ts';
import { routes } from './routes.ts';

export const facade: Facade = {
  name: 'provet-payments',
  title: 'Provet Payment API: cards on file, charges and wellness subscriptions',
  about: 'The payment API of Provet in Australia, version 1.0, as its overview documents it.',
  prefix: '/api/1.0',
  rewriteUrl,
  plaintextRefusal,
  security,
  authenticate,
  renderError,
  errorShape,
  routes,
};
