/** Repeats one request, in a process of its own: prints as JSON what autocannon says of it. */
import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Load } from './contestant.ts';

/** It has no types of its own. */
const autocannon = createRequire(import.meta.url)('autocannon') as (options: object) => PromiseLike<unknown>;

type Asked = Omit<Load, 'urls'> & { url: string; connections: number; duration: number };

const { headers, body, ...asked } = JSON.parse(process.argv[2] ?? '') as Asked;
const varies = body?.includes('[<id>]') === true;
const setupRequest = (request: object) => ({ ...request, body: body?.replace('[<id>]', randomUUID()) });
const result = await autocannon({
  ...asked,
  headers: { ...headers },
  ...(body === undefined ? {} : { body }),
  ...(varies ? { requests: [{ setupRequest }] } : {}),
});
process.stdout.write(JSON.stringify(result));
