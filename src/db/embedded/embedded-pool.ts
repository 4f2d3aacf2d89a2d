import pg from 'pg';
import type { Limits } from '../limits.ts';
import { valueTypes } from '../value-types.ts';
import { type Backend, WireStream } from './wire-stream.ts';

/** The pool over an embedded engine: one connection, handed to one statement or transaction after another. */
export function embeddedPool(backend: Backend, limits: Limits): pg.Pool {
  return new pg.Pool({
    stream: () => new WireStream(backend),
    user: 'postgres',
    database: 'postgres',
    password: '',
    ssl: false,
    pipeline: true,
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: limits.connectMs,
    types: valueTypes,
    // The engine has one session for its whole life; a new connection must not find the leavings of the last.
    onConnect: async (client: pg.ClientBase) => {
      await client.query('rollback');
      await client.query('discard all');
    },
  });
}
