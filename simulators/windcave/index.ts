/** Windcave's side of PxPay 2.0 and PxPost, with its hosted card page and its notifications. */
import type { FastifyRequest } from 'fastify';
import type { Simulator } from '../simulator.ts';
import { createGateway } from './gateway.ts';
import { createHostedPages } from './hosted.ts';
import { answerPxPay } from './pxpay.ts';
import { answerPxPost } from './pxpost.ts';
import { type RequestDocument, readRequest } from './xml.ts';

export const simulator: Simulator = {
  name: 'windcave',
  register(app, surroundings) {
    const gateway = createGateway(surroundings);
    const pages = createHostedPages(gateway, surroundings);
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

    app.post('/pxaccess/pxpay.aspx', async (request, reply) => {
      const document = readDocument(request, ['GenerateRequest', 'ProcessResponse']);
      if (document === undefined) return reply.status(400).send('');
      await answerPxPay(document, reply, `${request.protocol}://${request.host}`, gateway, surroundings);
      return reply;
    });
    app.post('/pxpost.aspx', async (request, reply) => {
      const document = readDocument(request, ['Txn']);
      if (document === undefined) return reply.status(400).send('');
      await answerPxPost(document, reply, gateway, surroundings);
      return reply;
    });
    app.get<{ Params: { token: string } }>('/pxmi3/:token', async (request, reply) => {
      await pages.show(request.params.token, reply);
      return reply;
    });
    app.post<{ Params: { token: string } }>('/pxmi3/:token', async (request, reply) => {
      const form = new URLSearchParams(String(request.body ?? ''));
      await pages.submit(request.params.token, form, reply);
      return reply;
    });
  },
};

/** Clients send the document bare under several content types, or as the form field `xml`; all are understood. */
function readDocument(request: FastifyRequest, roots: readonly string[]): RequestDocument | undefined {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  const isForm = /x-www-form-urlencoded/.test(request.headers['content-type'] ?? '') && body[0] !== 0x3c;
  try {
    const text = isForm ? Buffer.from(new URLSearchParams(String(body)).get('xml') ?? '') : body;
    const document = readRequest(text);
    return roots.includes(document.root) ? document : undefined;
  } catch {
    return undefined;
  }
}
