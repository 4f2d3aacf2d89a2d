/** A bank, a printer and a card issuer: what payouts are handed to, with what they do about them on demand. */
import { Type } from 'typebox';
import type { Simulator } from '../simulator.ts';
import { createBank } from './bank.ts';
import { readFile } from './read-files.ts';
import type { RailName } from './state.ts';

/** The largest file of five thousand entries, and room. */
const fileLimitBytes = 2 * 1024 * 1024;

const rails: Readonly<Record<string, RailName>> = {
  ach: 'ach',
  check: 'check',
  card: 'virtual-card',
  'virtual-card': 'virtual-card',
};

type Request = { Params: { rail: string; id: string; action: string }; Body: unknown };

export const simulator: Simulator = {
  name: 'rails',
  register(app, surroundings) {
    const bank = createBank(surroundings);
    app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => done(null, body));

    app.post<Request>('/rails/:rail/files', { bodyLimit: fileLimitBytes }, async (request, reply) => {
      const rail = rails[request.params.rail];
      if (rail === undefined) return reply.status(404).send({ error: 'no such rail' });
      const { 'x-file-id': id, 'x-account': account } = request.headers;
      const entries = readFile(rail, String(request.body ?? ''));
      if (typeof id !== 'string' || typeof account !== 'string' || entries === undefined)
        return reply.status(422).send({ error: 'not a file of this rail' });
      if (surroundings.faults.take('rails', 'file', ['error-500']) !== undefined)
        return reply.status(500).send({ error: 'out of order' });
      const fresh = await bank.take(rail, { id, account, entries });
      if (surroundings.faults.take('rails', 'file', ['act-then-500']) !== undefined)
        return reply.status(500).send({ error: 'out of order' });
      return reply.status(fresh ? 201 : 200).send({ id, entries: entries.length });
    });

    app.get<{ Params: { rail: string }; Querystring: { after?: string; date?: string } }>(
      '/rails/:rail/news',
      async (request, reply) => {
        const rail = rails[request.params.rail];
        const account = request.headers['x-account'];
        if (rail === undefined || typeof account !== 'string') return reply.status(404).send({ data: [] });
        const { after = '0', date = '' } = request.query;
        return { data: await bank.news(rail, account, { after: Number(after), date }) };
      },
    );

    app.post<Request>(
      '/rails/:rail/:id/:action',
      {
        schema: {
          body: Type.Optional(
            Type.Union([
              Type.Null(),
              Type.Object({
                code: Type.Optional(Type.String({ pattern: '^[RC][0-9]{2}$' })),
                corrected: Type.Optional(Type.String({ maxLength: 29 })),
                amount: Type.Optional(Type.Integer({ minimum: 1 })),
              }),
            ]),
          ),
        },
      },
      async (request, reply) => {
        const { rail: name, id, action } = request.params;
        const rail = rails[name];
        const order = (request.body ?? {}) as { code?: string; amount?: number; corrected?: string };
        const done = rail === undefined ? undefined : await bank.act(rail, id, { action, ...order });
        if (done === undefined)
          return reply.status(404).send({ error: 'no such instrument, or no such action' });
        return typeof done === 'string' ? reply.status(409).send({ error: done }) : done;
      },
    );
  },
};
