import { readdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import Fastify, { type FastifyInstance } from 'fastify';
import { type Clock, wallClock } from '#kit/clock.ts';
import { type IdSource, randomIds } from '#kit/ids.ts';
import { type Book, openBook } from './book.ts';
import { createFaults, FaultBody, type Faults } from './faults.ts';
import { type Delays, type Simulator, usualDelays } from './simulator.ts';

export interface SimulatorsOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Where the book is kept; made if it does not exist. */
  readonly directory: string;
  readonly clock?: Clock;
  readonly ids?: IdSource;
  readonly delays?: Partial<Delays>;
  readonly log?: (line: string) => void;
}

export interface RunningSimulators {
  /** The origin, without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts every simulator on one port of the loopback interface. Their state is rebuilt from their book in `directory`,
 * so a restart is as if nothing had happened. Throws if the port is taken.
 */
export async function startSimulators(options: SimulatorsOptions): Promise<RunningSimulators> {
  const clock = options.clock ?? wallClock;
  const log = options.log ?? (() => undefined);
  const book = await openBook(join(options.directory, 'simulators.jsonl'), clock);
  const faults = createFaults();
  const closing = new AbortController();
  const app = Fastify({ forceCloseConnections: true, bodyLimit: 64 * 1024, requestTimeout: 30_000 });
  addControls(app, book, faults);
  const surroundings = {
    book,
    faults,
    clock,
    log,
    ids: options.ids ?? randomIds,
    closing: closing.signal,
    delays: { ...usualDelays, ...options.delays },
  };
  for (const simulator of await findSimulators()) {
    app.register(async (scope) => simulator.register(scope, surroundings));
  }
  await app.listen({ port: options.port, host: 'localhost' });
  const address = app.server.address() as AddressInfo;
  return {
    url: `http://localhost:${address.port}`,
    close: async () => {
      closing.abort();
      await app.close();
      await book.close();
    },
  };
}

function addControls(app: FastifyInstance, book: Book, faults: Faults): void {
  const controls = app.withTypeProvider<TypeBoxTypeProvider>().setValidatorCompiler(TypeBoxValidatorCompiler);
  controls.get('/healthz', async () => ({ ok: true }));
  controls.get('/book', async () => {
    // Nothing is shown that a crash could still take back.
    await book.settle();
    return { data: book.rows() };
  });
  controls.get('/faults', async () => ({ data: faults.list() }));
  controls.post('/faults', { schema: { body: FaultBody } }, async (request, reply) => {
    faults.add(request.body);
    return reply.status(201).send({ data: faults.list() });
  });
  controls.delete('/faults', async (_request, reply) => {
    faults.clear();
    return reply.status(204).send();
  });
}

async function findSimulators(): Promise<Simulator[]> {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  const modules = folders.map(
    (folder) => import(`./${folder.name}/index.ts`) as Promise<{ simulator: Simulator }>,
  );
  return (await Promise.all(modules)).map((module) => module.simulator);
}
