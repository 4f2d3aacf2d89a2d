/** A clinic's software that speaks the Provet Payment API, and the clinic's clients at the pages it sends them to. */
import type { TestApp } from './app.ts';
import { type Answer, type Json, payOnPage, sendJson } from './ping-client.ts';

export const goodCard = '4111111111111111';
export const declinedCard = '4999999999999236';

/** A card whose first charge, and validation, is approved, and every later one declined. */
export const laterDeclined = { number: goodCard, holder: 'SIM LATER 51' } as const;

export interface Kept {
  readonly clientId: string;
  readonly paymentMethodId: string;
}

export interface ProvetClient {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The same, where nothing but success will do. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Json>;
  /** Has a new or a known client enter a card that is found good. */
  keepCard(entered?: { client?: Json; number?: string; holder?: string }): Promise<Kept>;
  charge(kept: Kept, fields?: Record<string, unknown>): Promise<Json>;
  /** Has a client enrol in a plan of 30.00 AUD a month, with the given fields replaced; answers the subscription. */
  enrol(fields?: Record<string, unknown>, entered?: { number?: string; holder?: string }): Promise<Json>;
  subscription(id: string): Promise<Json>;
  /** Turns the tenant's clock and does all that falls due. */
  advance(turn: { by: string } | { to: string }): Promise<Date>;
}

export const newClient = {
  FirstName: 'Ada',
  LastName: 'Lovelace',
  Phone: '0400 000 000',
  Email: 'ada@example.com',
  Address: {
    Line1: '1 George Street',
    Line2: '',
    Suburb: 'Sydney',
    State: 'NSW',
    Postcode: '2000',
    Country: 'Australia',
  },
};

export const monthlyPlan = {
  Description: 'Bronze Wellness Plan for Rex',
  Interval: 'Monthly',
  IntervalCount: 12,
  Amount: 30,
  Currency: 'AUD',
  AutoRenew: false,
  Client: newClient,
};

/** A client with the credentials of a demo tenant. */
export function provetClient(app: TestApp, index = 0): ProvetClient {
  const entry = app.tenants[index]?.entries.provetPayments;
  const call: ProvetClient['call'] = (method, path, body, headers = {}) =>
    sendJson(`${entry?.base}${path}`, method, { ...entry?.headers, ...headers }, body);
  const ask: ProvetClient['ask'] = async (...asked) => {
    const { status, text, body } = await call(...asked);
    if (status !== 200) throw new Error(`${asked[0]} ${asked[1]} answered ${status}: ${text}`);
    return body;
  };
  return {
    call,
    ask,
    keepCard: async ({ client = newClient, number = goodCard, holder } = {}) => {
      const request = { RedirectUrl: 'https://clinic.example/back', Currency: 'AUD', Client: client };
      const { Url, ClientId } = await ask('POST', '/card', request);
      const before = await ask('GET', `/paymentmethods/clientid=${ClientId}`);
      await payOnPage(Url, number, 'pay', holder);
      const methods = await ask('GET', `/paymentmethods/clientid=${ClientId}`);
      const isNew = (one: Json) => !before.some((other: Json) => other.Id === one.Id);
      return { clientId: ClientId, paymentMethodId: methods.find(isNew)?.Id };
    },
    charge: ({ clientId, paymentMethodId }, fields = {}) =>
      ask('POST', '/charge', {
        Description: 'Vaccination',
        Amount: 100,
        Currency: 'AUD',
        ClientId: clientId,
        PaymentMethodId: paymentMethodId,
        ...fields,
      }),
    enrol: async (fields = {}, { number = goodCard, holder } = {}) => {
      const made = await ask('POST', '/wellness/subscription/', { ...monthlyPlan, ...fields });
      await payOnPage(made.Url, number, 'pay', holder);
      return ask('GET', `/wellness/subscription/${made.SubscriptionId}`);
    },
    subscription: (id) => ask('GET', `/wellness/subscription/${id}`),
    advance: async (turn) => {
      const url = `${app.url}/v1/test-clock/advance`;
      const { status, text, body } = await sendJson(url, 'POST', app.native(index), turn);
      if (status !== 200) throw new Error(`the clock answered ${status}: ${text}`);
      return new Date(body.now);
    },
  };
}
