/** A shop that speaks hi.health Direct, and the payer who claims what it sells. */
import { randomUUID } from 'node:crypto';
import type { TestApp } from './app.ts';
import { type Answer, type Json, payOnPage, sendJson } from './ping-client.ts';

export interface ShopPayment {
  readonly id: string;
  readonly token: string;
  readonly body: Json;
}

export interface HihealthClient {
  readonly base: string;
  readonly headers: Record<string, string>;
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Makes the seed's sample payment, with the given fields replaced. */
  create(replaced?: Record<string, unknown>): Promise<ShopPayment>;
  statusOf(id: string): Promise<string>;
  upload(path: string, content: Buffer | string, headers?: Record<string, string>): Promise<Answer>;
  /** Posts to the checkout as a browser without scripts does; keeps its cookie. */
  visit(token: string): Visitor;
}

export interface Visitor {
  /** The page as it is. */
  open(): Promise<Page>;
  press(action: string, fields?: Record<string, string>): Promise<Page>;
  attach(content: Buffer | string): Promise<Page>;
  /** Claims with a contact, reading the code from the inbox. */
  claim(contact?: string): Promise<Page>;
  /** Confirms, and enters a card on the processor's page. */
  pay(cardNumber?: string): Promise<void>;
}

export interface Page {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

export const goodCard = '4111111111111111';
export const declinedCard = '4999999999999236';
export const samplePdf = '%PDF-1.7\n1 0 obj <<>> endobj\n';

/** The body of the seed's sample. */
export const sampleBody = {
  amount: { total: 10, currency: 'EUR' },
  merchantUrls: {
    callback: 'https://api.exampleshop.com/callback',
    successRedirect: 'https://exampleshop.com/success',
    failureRedirect: 'https://exampleshop.com/failure',
    cancelRedirect: 'https://exampleshop.com/cancel',
  },
};

export function hihealthClient(app: TestApp, index = 0): HihealthClient {
  const base = `${app.url}/hihealth`;
  const headers = { ...app.tenants[index]?.entries.hihealth?.headers };
  const call: HihealthClient['call'] = (method, path, body, more = {}) =>
    sendJson(base + path, method, { ...headers, ...more }, body);
  return {
    base,
    headers,
    call,
    create: async (replaced = {}) => {
      const { status, text, body } = await call('POST', '/payments', {
        ...sampleBody,
        merchantUrls: { ...sampleBody.merchantUrls, callback: undefined },
        ...replaced,
      });
      if (status !== 201) throw new Error(`answered ${status}: ${text}`);
      return { id: body.id, token: body.token, body };
    },
    statusOf: async (id) => (await call('GET', `/payments/${id}`)).body.status,
    upload: async (path, content, more = {}) => {
      const response = await fetch(base + path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/pdf', ...more },
        body: typeof content === 'string' ? content : new Uint8Array(content),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
    },
    visit: (token) => visitor(app, index, `${base}/checkout?token=${token}`),
  };
}

function visitor(app: TestApp, index: number, url: string): Visitor {
  let cookie = '';
  // One of its own, so that its latest code is told from those of other payers.
  const ownContact = `${randomUUID()}@example.com`;
  const send = async (body?: URLSearchParams | FormData): Promise<Page> => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(body === undefined ? {} : { method: 'POST', body }),
    });
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return {
      status: response.status,
      location: response.headers.get('location'),
      text: await response.text(),
    };
  };
  const press: Visitor['press'] = (action, fields = {}) => send(new URLSearchParams({ ...fields, action }));
  return {
    open: () => send(),
    press,
    attach: (content) => {
      const form = new FormData();
      form.set('document', new Blob([new Uint8Array(Buffer.from(content))]), 'prescription.pdf');
      form.set('action', 'upload');
      return send(form);
    },
    claim: async (contact = ownContact) => {
      await press('claim', { contact });
      return press('verify', { contact, code: await latestCode(app, index, contact) });
    },
    pay: async (cardNumber = goodCard) => {
      const { location, text } = await press('confirm');
      if (location === null) throw new Error(`was not sent to the processor: ${text}`);
      await payOnPage(location, cardNumber);
    },
  };
}

/** The code in the latest message to a contact. */
export async function latestCode(app: TestApp, index: number, contact: string): Promise<string> {
  const { body } = await sendJson(`${app.url}/v1/messages?limit=200`, 'GET', app.native(index));
  const message = body.data.find((one: Json) => one.to === contact && /\b\d{6}\b/.test(one.text));
  return /\b\d{6}\b/.exec(message?.text ?? '')?.[0] ?? '';
}
