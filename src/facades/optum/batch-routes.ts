/** Batches of payments as a table, in the order of their document. */
import type { Route } from '#http/facade.ts';
import * as operations from './batch-operations.ts';
import * as shapes from './batch-schemas.ts';

/** A thousand payments with a few claims each. */
const additionLimitBytes = 8 * 1024 * 1024;

/** The ids of as many payments as a batch holds. */
const partLimitBytes = 512 * 1024;

export const batchRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/payments/batch',
    summary: 'Create a batch',
    body: shapes.createBatch,
    status: 201,
    answer: shapes.batch,
    handle: operations.postBatch,
  },
  {
    method: 'POST',
    path: '/payments/batch/:batchId/add',
    summary: 'Add payments to a batch, all or none',
    params: shapes.batchParams,
    body: shapes.addPayments,
    maxBodyBytes: additionLimitBytes,
    status: 200,
    answer: shapes.batchWithPayments,
    handle: operations.postAdd,
  },
  {
    method: 'POST',
    path: '/payments/batch/:batchId/start',
    summary: 'Start a batch',
    params: shapes.batchParams,
    body: shapes.nothing,
    status: 200,
    answer: shapes.batch,
    handle: operations.postStart,
  },
  {
    method: 'POST',
    path: '/payments/batch/:batchId/release',
    summary: 'Release a held batch',
    params: shapes.batchParams,
    body: shapes.releaseBatch,
    status: 204,
    handle: operations.postBatchRelease,
  },
  {
    method: 'POST',
    path: '/payments/batch/:batchId/release-partial',
    summary: 'Release some payments of a held batch',
    params: shapes.batchParams,
    body: shapes.releasePart,
    maxBodyBytes: partLimitBytes,
    status: 204,
    handle: operations.postReleasePart,
  },
  {
    method: 'POST',
    path: '/payments/batch/:batchId/cancel',
    summary: 'Cancel a batch of which nothing was released',
    params: shapes.batchParams,
    body: shapes.nothing,
    status: 200,
    answer: shapes.batch,
    handle: operations.postCancel,
  },
  {
    method: 'PATCH',
    path: '/payments/batch/:batchId',
    summary: 'Change what a batch is expected to hold',
    params: shapes.batchParams,
    body: shapes.changeBatch,
    status: 200,
    answer: shapes.batch,
    handle: operations.patchBatch,
  },
  {
    method: 'GET',
    path: '/payments/batch/:batchId',
    summary: 'Retrieve a batch',
    params: shapes.batchParams,
    status: 200,
    answer: shapes.batch,
    handle: operations.getBatch,
  },
  {
    method: 'GET',
    path: '/payments/batch/:batchId/details',
    summary: 'Retrieve a batch with its payments',
    params: shapes.batchParams,
    status: 200,
    answer: shapes.batchWithPayments,
    handle: operations.getBatchDetails,
  },
  {
    method: 'GET',
    path: '/payments/batch',
    summary: 'List batches, newest first',
    query: shapes.batchesQuery,
    status: 200,
    answer: shapes.batches,
    handle: operations.getBatches,
  },
];
