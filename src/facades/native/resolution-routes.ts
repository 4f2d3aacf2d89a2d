/** The rows of the native table about movements whose outcome nobody knows. */
import { listUnknown, readOperation } from '#core/operations/read-operations.ts';
import { type Resolution, resolveOperation } from '#core/payments/resolve-operation.ts';
import { writeCursor, writePage } from '#http/cursor.ts';
import type { Route } from '#http/facade.ts';
import * as resolutions from './resolution-schemas.ts';
import * as shapes from './schemas.ts';
import { readPage } from './translate.ts';
import { writeOperation } from './write.ts';

type Handle = Route['handle'];

const getUnknown: Handle = async ({ core, call, query }) => {
  const { limit, ...position } = readPage(query);
  const operations = await listUnknown(core, call.tenant, { ...position, limit: limit + 1 });
  return { body: writePage(operations, limit, writeOperation, writeCursor) };
};

const postResolution: Handle = async ({ core, call, params, body }) => {
  const said = body as Omit<Resolution, 'operationId'>;
  const { result, replayed } = await resolveOperation(core, call, { ...said, operationId: params.id ?? '' });
  return { body: writeOperation(await readOperation(core, call.tenant.id, result.operationId)), replayed };
};

export const resolutionRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/operations/unknown',
    summary: 'List the movements of which nobody knows whether they happened, newest first',
    query: shapes.pageQuery,
    status: 200,
    answer: resolutions.operations,
    handle: getUnknown,
  },
  {
    method: 'POST',
    path: '/operations/:id/resolution',
    summary: 'Say what became of a movement that the processor does not tell of',
    params: shapes.idParams,
    body: resolutions.newResolution,
    status: 200,
    answer: shapes.operation,
    handle: postResolution,
  },
];
