/** The payers' banks, from outside: what comes into a demo tenant's account, and what became of it. */
import type { TestApp } from './app.ts';
import { type Answer, type Json, type PingClient, sendJson } from './ping-client.ts';

export interface Bank {
  /** Tells of a transfer in SEK; with the same `bankReference` of the same one again. */
  deposit(reference: string | null, amount: number, bankReference?: string): Promise<Answer>;
  /** Any call of the native API. */
  native(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Balance of a ledger account in SEK; debits positive, zero where there is none. */
  balance(account: string): Promise<number>;
  /** Invariants that do not hold. */
  breaches(): Promise<Json[]>;
}

export function openBank(app: TestApp, index = 0): Bank {
  const native: Bank['native'] = (method, path, body, headers = {}) =>
    sendJson(`${app.url}/v1${path}`, method, { ...app.native(index), ...headers }, body);
  return {
    deposit: (reference, amount, bankReference = crypto.randomUUID()) =>
      native('POST', '/deposits', { bankReference, reference, amount, currency: 'SEK' }),
    native,
    balance: async (account) => {
      const { data } = (await native('GET', '/balances')).body;
      return data.find((one: Json) => one.account === account && one.currency === 'SEK')?.balance ?? 0;
    },
    breaches: async () => (await native('GET', '/audit')).body.checks.filter((check: Json) => !check.ok),
  };
}

export interface InvoicedLink {
  readonly id: string;
  readonly orderId: string;
  readonly checkoutUrl: string;
  /** Its OCR number. */
  readonly ocr: string;
}

/** A link of 140.00 SEK with an invoice. */
export async function createInvoicedLink(
  ping: PingClient,
  replaced: Record<string, unknown> = {},
): Promise<InvoicedLink> {
  const link = await ping.createLink(replaced);
  const made = await ping.call('PUT', `/payment_links/${link.id}/invoice`, { reference_type: 'OCR' });
  if (made.status !== 204) throw new Error(`answered ${made.status}: ${made.text}`);
  const { body } = await ping.call('GET', `/payment_links/${link.id}`);
  return { ...link, ocr: body.ocr };
}
