/** The Ping API as a table, in the order of facts A3 and A6. Adding a call is adding a row. */
import type { Route } from '../../http/facade.ts';
import { linkRoutes } from './link-routes.ts';
import { orderRoutes } from './order-routes.ts';

export const routes: readonly Route[] = [...linkRoutes, ...orderRoutes];
