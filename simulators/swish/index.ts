/** Swish's side of its commerce API for merchants, its payers' phone, and its callbacks. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Simulator } from '../simulator.ts';
import { createBank } from './bank.ts';
import { createPhone } from './phone.ts';
import type { Body } from './rules.ts';
import type { Movement } from './state.ts';
import { createWire, type Wire } from './wire.ts';

/** How often it is looked for what has become due on the clock. */
const lookMs = 100;

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

export const simulator: Simulator = {
  name: 'swish',
  register(app, surroundings) {
    const bank = createBank(surroundings);
    const wire = createWire(bank, surroundings);
    const phone = createPhone(bank);
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

    putAt(app, wire, '/swish-cpcapi/api/v2/paymentrequests/:id', 'payment');
    putAt(app, wire, '/swish-cpcapi/api/v2/refunds/:id', 'refund');
    getAt(app, wire, '/swish-cpcapi/api/v1/paymentrequests/:id', 'payment');
    getAt(app, wire, '/swish-cpcapi/api/v1/refunds/:id', 'refund');
    app.patch('/swish-cpcapi/api/v1/paymentrequests/:id', async (request: IdRequest, reply) => {
      await wire.patch(request.params.id, readJson(request.body), reply);
      return reply;
    });

    app.get('/phone', async (_request, reply) => phone.show(reply));
    app.post('/phone', async (request, reply) => phone.setMode(readForm(request), reply));
    app.post('/phone/:id', async (request: IdRequest, reply) =>
      phone.decide(request.params.id, readForm(request), reply),
    );

    const looking = setInterval(() => void bank.catchUp(), lookMs);
    looking.unref();
    surroundings.closing.addEventListener('abort', () => clearInterval(looking));
  },
};

function putAt(app: FastifyInstance, wire: Wire, path: string, type: Movement['type']): void {
  app.put(path, async (request: IdRequest, reply) => {
    const body = readJson(request.body);
    const { id } = request.params;
    if (typeof body !== 'object' || body === null || !/^[0-9A-F]{32}$/.test(id))
      return reply.status(400).send('');
    const origin = `${request.protocol}://${request.host}`;
    await wire.put({ type, id, origin, body: body as Body }, reply);
    return reply;
  });
}

function getAt(app: FastifyInstance, wire: Wire, path: string, type: Movement['type']): void {
  app.get(path, async (request: IdRequest, reply) => {
    await wire.get(type, request.params.id, reply);
    return reply;
  });
}

function readJson(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
}

function readForm(request: FastifyRequest): URLSearchParams {
  return new URLSearchParams(String(request.body ?? ''));
}
