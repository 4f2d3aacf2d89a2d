/** Repeats one request, in a process of its own: prints as JSON what autocannon says of it. */
import { createRequire } from 'node:module';
import type { Load } from './contestant.ts';
import { freshBody, varies } from './fresh-body.ts';

/** It has no types of its own. */
const autocannon = createRequire(import.meta.url)('autocannon') as (options: object) => PromiseLike<unknown>;

type Asked = Omit<Load, 'urls'> & { url: readonly string[]; connections: number; duration: number };

const asked = JSON.parse(process.argv[2] ?? '') as Asked;
const setupRequest = (request: object) => ({ ...request, body: freshBody(asked.body) });
const result = await autocannon({
  ...asked,
  ...(varies(asked.body) ? { requests: [{ setupRequest }] } : {}),
});
process.stdout.write(JSON.stringify(result));
