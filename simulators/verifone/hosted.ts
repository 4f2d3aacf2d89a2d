/** `/hpp/{id}`: the hosted page, its form, and the way back to the merchant. */
import type { FastifyReply } from 'fastify';
import { findProblem, pageHeaders, readCard, renderCardPage, renderNotice } from '../card-page.ts';
import { takeDecline } from '../faults.ts';
import type { Surroundings } from '../simulator.ts';
import { hintedCards } from './bank.ts';
import { connector, type Gateway } from './gateway.ts';
import { type Checkout, maxFailures } from './state.ts';

/** Error codes the payer brings back: too many failed tries, and none at all (our own: the vendor lists no code for it). */
const tooManyFailures = '165';
const cancelled = 'CANCELLED';

export interface HostedPages {
  show(id: string, reply: FastifyReply): Promise<void>;
  submit(id: string, form: URLSearchParams, reply: FastifyReply): Promise<void>;
}

export function createHostedPages(gateway: Gateway, surroundings: Surroundings): HostedPages {
  const { state } = gateway;

  const goBack = async (checkout: Checkout, errorCode: string, reply: FastifyReply) => {
    // A second submit may be here before the first one's record is on the disk.
    await surroundings.book.settle();
    reply.redirect(returnUrl(checkout, state.success(checkout.id)?.id, errorCode), 303);
  };
  /** The checkout, if its page still takes cards; everything else is answered here. */
  const findOpen = async (id: string, reply: FastifyReply): Promise<Checkout | undefined> => {
    const checkout = state.page(id);
    if (checkout === undefined) {
      notice(reply, 404, 'No such page', 'There is nothing to pay at this address.');
    } else if (state.success(id) !== undefined || state.failures(id) >= maxFailures) {
      await goBack(checkout, tooManyFailures, reply);
    } else if (!gateway.isPayable(checkout)) {
      notice(
        reply,
        410,
        'This page has expired',
        'Nothing was paid. Please start again from where you came.',
      );
    } else {
      return checkout;
    }
    return undefined;
  };
  const show = (checkout: Checkout, reply: FastifyReply, problem?: string) => {
    reply
      .status(problem === undefined ? 200 : 422)
      .headers(pageHeaders)
      .send(toPage(checkout, problem));
  };
  return {
    show: async (id, reply) => {
      const checkout = await findOpen(id, reply);
      if (checkout !== undefined) show(checkout, reply);
    },
    submit: async (id, form, reply) => {
      const checkout = await findOpen(id, reply);
      if (checkout === undefined) return;
      if (form.get('action') === 'cancel') return goBack(checkout, cancelled, reply);
      const card = readCard(form);
      const problem = findProblem(card, form);
      if (problem !== undefined) return show(checkout, reply, problem);
      await gateway.attempt(checkout, card, () => takeDecline(surroundings.faults, connector, 'purchase'));
      if (state.success(id) !== undefined || state.failures(id) >= maxFailures)
        return goBack(checkout, tooManyFailures, reply);
      show(checkout, reply, 'The card was declined. Please try another one.');
    },
  };
}

function returnUrl(checkout: Checkout, transactionId: string | undefined, errorCode: string): string {
  const url = new URL(checkout.returnUrl);
  if (transactionId !== undefined) url.searchParams.set('transaction_id', transactionId);
  url.searchParams.set('checkout_id', checkout.id);
  if (transactionId === undefined) url.searchParams.set('errorCode', errorCode);
  return url.href;
}

function toPage({ amount, about }: Checkout, problem?: string): string {
  return renderCardPage({
    amount,
    verb: 'Pay',
    about,
    hints: hintedCards,
    note: 'Any name, any date to come, any three digits. An amount ending in .76 is declined. Three declines end the page.',
    ...(problem === undefined ? {} : { problem }),
  });
}

function notice(reply: FastifyReply, status: number, title: string, text: string): void {
  reply.status(status).headers(pageHeaders).send(renderNotice(title, text));
}
