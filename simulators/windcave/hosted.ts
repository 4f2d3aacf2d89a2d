/** `/pxmi3/{token}`: the hosted page, its form, and the way back to the merchant. */
import type { FastifyReply } from 'fastify';
import type { EnteredCard } from '../card-numbers.ts';
import { findProblem, pageHeaders, readCard, renderNotice } from '../card-page.ts';
import { takeDecline } from '../faults.ts';
import type { Surroundings } from '../simulator.ts';
import type { Gateway } from './gateway.ts';
import { createResultNotifier } from './notify.ts';
import { cardPage } from './page.ts';
import type { Session } from './state.ts';

export interface HostedPages {
  show(token: string, reply: FastifyReply): Promise<void>;
  submit(token: string, form: URLSearchParams, reply: FastifyReply): Promise<void>;
}

export function createHostedPages(gateway: Gateway, surroundings: Surroundings): HostedPages {
  const { state } = gateway;
  const announce = createResultNotifier(surroundings);

  const goBack = async (session: Session, reply: FastifyReply) => {
    // A second submit may be here before the first one's record is on the disk.
    await surroundings.book.settle();
    reply.redirect(returnUrl(session, gateway), 303);
  };
  const finish = async (session: Session, reply: FastifyReply) => {
    await announce(returnUrl(session, gateway));
    await goBack(session, reply);
  };
  const pay = async (session: Session, card: EnteredCard, reply: FastifyReply) => {
    const decline = () => takeDecline(surroundings.faults, 'windcave', session.txnType.toLowerCase());
    const order = { ...session, dpsTxnRef: '', dpsBillingId: '', card };
    await gateway.execute(order, decline, session);
    await finish(session, reply);
  };

  return {
    show: async (token, reply) => {
      const session = state.sessionByToken(token);
      if (session === undefined) return unknownPage(reply);
      if (state.sessionEnd(token) !== undefined) return goBack(session, reply);
      if (isExpired(session, gateway)) return expiredPage(reply);
      reply.headers(pageHeaders).send(cardPage(session));
    },
    submit: async (token, form, reply) => {
      const session = state.sessionByToken(token);
      if (session === undefined) return unknownPage(reply);
      if (state.sessionEnd(token) !== undefined) return goBack(session, reply);
      if (isExpired(session, gateway)) return expiredPage(reply);
      if (form.get('action') === 'cancel') {
        await gateway.cancel(session);
        return finish(session, reply);
      }
      const card = readCard(form);
      const problem = findProblem(card, form);
      if (problem === undefined) return pay(session, card, reply);
      reply.status(422).headers(pageHeaders).send(cardPage(session, problem));
    },
  };
}

function returnUrl(session: Session, { state }: Gateway): string {
  const isApproved = state.sessionEnd(session.token)?.transaction?.code === '00';
  const query = new URLSearchParams({ result: session.result, userid: session.userId });
  return `${isApproved ? session.urlSuccess : session.urlFail}?${query}`;
}

function isExpired(session: Session, gateway: Gateway): boolean {
  return gateway.now().getTime() >= Date.parse(session.expiresAt);
}

function unknownPage(reply: FastifyReply): void {
  reply
    .status(404)
    .headers(pageHeaders)
    .send(renderNotice('No such page', 'There is nothing to pay at this address.'));
}

function expiredPage(reply: FastifyReply): void {
  reply
    .status(410)
    .headers(pageHeaders)
    .send(renderNotice('This page has expired', 'Nothing was paid. Please start again from where you came.'));
}
