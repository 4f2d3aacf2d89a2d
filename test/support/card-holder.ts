/** Payers who let a tenant keep their cards, spoken for at the operations of the core. */
import { deleteCard } from '#core/cards/delete-card.ts';
import { enrolCard } from '#core/cards/enrol-card.ts';
import { listCards } from '#core/cards/read-cards.ts';
import type { Call } from '#core/core.ts';
import type { CustomerInput } from '#core/customers/take-customer.ts';
import { readOperation } from '#core/operations/read-operations.ts';
import { cardCharging } from '#core/payments/charge-card.ts';
import { readPayment } from '#core/payments/read-payment.ts';
import { currency } from '#kit/currency.ts';
import type { CardId, CustomerId } from '#kit/ids.ts';
import { money } from '#kit/money.ts';
import { startTestApp } from './app.ts';
import { type Json, payOnPage } from './ping-client.ts';

export type CurrencyCode = 'AUD' | 'JPY' | 'KWD' | 'SEK';

interface Holder {
  readonly customerId: CustomerId;
  readonly cardId: CardId;
}

interface Entered {
  readonly currency?: CurrencyCode;
  readonly customerId?: string;
  readonly cardNumber?: string;
  readonly action?: 'pay' | 'cancel';
}

/** A product with a tenant whose payers enter cards, look after them, and are charged. */
export async function startCards() {
  const { app, tenants, simulatorUrl, stop } = await startTestApp();
  const { core } = app;
  const [first] = tenants;
  if (first === undefined) throw new Error('the demo has no tenant');
  const call: Call = { tenant: first.tenant, origin: 'provet-payments' };

  async function enrol(entered: Entered = {}) {
    const customer: CustomerInput =
      entered.customerId === undefined
        ? { firstName: 'Bertil', lastName: 'Jönsson', email: null, phone: null, reference: null }
        : { id: entered.customerId };
    const { result } = await enrolCard(core, call, {
      customer,
      currency: currency(entered.currency ?? 'AUD'),
      consent: 'card on file',
      particulars: () => ({ given: {}, description: 'Card', successUrl: 'https://example.com/back' }),
    });
    const { pageUrl } = await readOperation(core, call.tenant.id, result.operationId);
    await payOnPage(pageUrl ?? '', entered.cardNumber ?? '4111111111111111', entered.action);
    const operation = await readOperation(core, call.tenant.id, result.operationId);
    const { payment } = await readPayment(core, call.tenant, operation.paymentId);
    const card = (await list(result.customerId)).find(({ id }) => id === result.cardId);
    return { ...result, operation, payment, card };
  }

  const list = (customerId: CustomerId) => listCards(core, call.tenant, customerId);

  async function charge({ customerId, cardId }: Holder, amount: bigint) {
    const { result } = await cardCharging(core)(call, {
      customerId,
      cardId,
      amount: money(amount, currency('AUD')),
      particulars: { given: {}, description: 'Visit' },
    });
    return readPayment(core, call.tenant, result.paymentId);
  }

  return {
    enrol,
    list,
    charge,
    remove: (cardId: CardId) => deleteCard(core, call, cardId),
    tokens: (cardIds: readonly CardId[]): Promise<{ sealed: string }[]> =>
      core.database.query(
        'select token_sealed as sealed from cards where id = any($1::uuid[]) and token_sealed is not null',
        [cardIds],
      ),
    /** What a thief with the database might try. */
    swapTokens: (one: CardId, other: CardId): Promise<unknown> =>
      core.database.query(
        `update cards c set token_sealed = (select o.token_sealed from cards o where o.id = case c.id when $1 then $2::uuid else $1 end)
         where c.id in ($1::uuid, $2::uuid)`,
        [one, other],
      ),
    /** What the simulator wrote down under one of our references. */
    book: async (reference: string): Promise<Json[]> => {
      const { data } = (await (await fetch(`${simulatorUrl}/book`)).json()) as Json;
      return data.filter((row: Json) => row.reference === reference && row.kind !== 'status');
    },
    stop,
  };
}
