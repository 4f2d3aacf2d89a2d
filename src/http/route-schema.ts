import type { Route } from './facade.ts';
import { bodySchema } from './media-types.ts';

const nothing = { type: 'null', description: 'No content' };

/** What a route takes and what it answers where all is well; errors are written by `sendError`. */
export function routeSchema(route: Route) {
  return {
    ...(route.params === undefined ? {} : { params: route.params }),
    ...(route.query === undefined ? {} : { querystring: route.query }),
    ...bodySchema(route),
    response: { [route.status]: route.answer ?? nothing },
  };
}
