/** `/phone`: every payer's phone in one, on which what is asked for can be approved or declined by hand. */
import type { FastifyReply } from 'fastify';
import type { Bank } from './bank.ts';
import { pageHeaders, phonePage } from './phone-page.ts';
import type { PaymentRequest } from './state.ts';

export interface Phone {
  show(reply: FastifyReply): FastifyReply;
  /** `mode`: `wait` for a person, or `auto`, where payers approve by themselves. */
  setMode(form: URLSearchParams, reply: FastifyReply): Promise<FastifyReply>;
  /** `action`: `approve` or `decline`. */
  decide(id: string, form: URLSearchParams, reply: FastifyReply): Promise<FastifyReply>;
}

export function createPhone(bank: Bank): Phone {
  const show = (reply: FastifyReply, status = 200) => {
    const pending = bank.state.open().filter(isPending);
    return reply.status(status).headers(pageHeaders).send(phonePage(pending, bank.state.waits()));
  };
  return {
    show,
    setMode: async (form, reply) => {
      const mode = form.get('mode');
      if (mode !== 'wait' && mode !== 'auto') return show(reply, 422);
      await bank.setWaits(mode === 'wait');
      return reply.redirect('/phone', 303);
    },
    decide: async (id, form, reply) => {
      const action = form.get('action');
      const payment = bank.state.find(id);
      if (payment === undefined) return show(reply, 404);
      if (action !== 'approve' && action !== 'decline') return show(reply, 422);
      if (isPending(payment)) await bank.decide(payment, action);
      return reply.redirect('/phone', 303);
    },
  };
}

function isPending(movement: { type: string; status: string }): movement is PaymentRequest {
  return movement.type === 'payment' && movement.status === 'CREATED';
}
