/** Verifone's side of the Checkout API and of refunds, with its hosted card page. It sends no notifications. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Simulator } from '../simulator.ts';
import { createCheckoutApi } from './checkout-api.ts';
import { errorAnswer } from './documents.ts';
import { connector, createGateway } from './gateway.ts';
import { createHostedPages } from './hosted.ts';
import { type ApiRequest, readApiRequest } from './request.ts';
import { answerRefund } from './transaction-api.ts';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

const checkouts = '/oidc/checkout-service/v2/checkout';

export const simulator: Simulator = {
  name: connector,
  register(app, surroundings) {
    const gateway = createGateway(surroundings);
    const api = createCheckoutApi(gateway, surroundings);
    const pages = createHostedPages(gateway, surroundings);
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));

    /** Answers with `work`, or that nobody knows the caller. */
    const authenticated = async (
      request: FastifyRequest,
      reply: FastifyReply,
      work: (known: ApiRequest) => Promise<void>,
    ) => {
      const known = readApiRequest(request);
      if (known !== undefined) {
        await work(known);
        return reply;
      }
      const { status, contentType, body } = errorAnswer(116, gateway.now());
      return reply.status(status).type(contentType).send(body);
    };
    app.post(checkouts, (request, reply) =>
      authenticated(request, reply, (known) =>
        api.create(known, `${request.protocol}://${request.host}`, reply),
      ),
    );
    app.get(checkouts, (request: FastifyRequest<{ Querystring: { search?: string } }>, reply) =>
      authenticated(request, reply, (known) => api.list(known, request.query.search ?? '', reply)),
    );
    app.get(`${checkouts}/:id`, (request: IdRequest, reply) =>
      authenticated(request, reply, (known) => api.read(known, request.params.id, reply)),
    );
    app.patch(`${checkouts}/:id`, (request: IdRequest, reply) =>
      authenticated(request, reply, (known) => api.moveExpiry(known, request.params.id, reply)),
    );
    app.post('/oidc/api/v2/transactions/:id/refund', (request: IdRequest, reply) =>
      authenticated(request, reply, (known) =>
        answerRefund(known, request.params.id, reply, gateway, surroundings),
      ),
    );
    app.get('/hpp/:id', async (request: IdRequest, reply) => {
      await pages.show(request.params.id, reply);
      return reply;
    });
    app.post('/hpp/:id', async (request: IdRequest, reply) => {
      const form = new URLSearchParams(String(request.body ?? ''));
      await pages.submit(request.params.id, form, reply);
      return reply;
    });
  },
};
