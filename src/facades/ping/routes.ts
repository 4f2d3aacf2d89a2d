/** The Ping API as a table, in the order of facts A3, A6 and A9. Adding a call is adding a row. */
import type { Route } from '../../http/facade.ts';
import { divisionRoutes } from './division-routes.ts';
import { linkRoutes } from './link-routes.ts';
import { mimicRoutes } from './mimic-routes.ts';
import { orderRoutes } from './order-routes.ts';
import { tenantRoutes } from './tenant-routes.ts';

export const routes: readonly Route[] = [
  ...linkRoutes,
  ...orderRoutes,
  ...divisionRoutes,
  ...tenantRoutes,
  ...mimicRoutes,
];
