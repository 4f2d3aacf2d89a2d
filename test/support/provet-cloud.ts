/** A practice system in a test: talks to the demo tenant's Provet Cloud book over HTTP, as any client would. */
import type { TestApp } from './app.ts';
import { type Answer, type Json, sendJson } from './ping-client.ts';

export interface Practice {
  /** What `/demo.json` tells of it. */
  readonly entry: Json;
  /** `path` is below the book's base, `/postransaction/`, or a whole address. */
  call(method: string, path: string, body?: Json, headers?: Record<string, string>): Promise<Answer>;
  /** A body that makes a link for a prepayment. */
  prepayment(replaced?: object, data?: object): Json;
  /** A body that makes a link for the demo's invoice. */
  forInvoice(replaced?: object, data?: object): Json;
  /** Imports over the native API. */
  importPractice(body: Json): Promise<Answer>;
}

export function openPractice(app: TestApp, index = 0): Practice {
  const entry: Json = app.tenants[index]?.entries.provetCloud;
  const departmentId = Number(/(\d+)\/$/.exec(entry.department)?.[1]);
  const common = (data: object) => ({
    amount: '120.50',
    terminal_id: 0,
    payment_type: 5003,
    transaction_type: 4,
    creator: entry.user,
    department: entry.department,
    payment_link_data: { duration: 2880, email: 'example@local.dev', delivery_method: 0, ...data },
  });
  return {
    entry,
    call: (method, path, body, headers = {}) =>
      sendJson(
        path.startsWith('http') ? path : `${entry.base}${path}`,
        method,
        { ...entry.headers, ...headers },
        body,
      ),
    prepayment: (replaced = {}, data = {}) => ({
      ...common(data),
      prepayment_data: {
        client_id: entry.practiceClientId,
        department_id: departmentId,
        description: 'Prepayment for surgery.',
      },
      ...replaced,
    }),
    forInvoice: (replaced = {}, data = {}) => ({
      ...common(data),
      amount: 30.05,
      invoice: entry.invoice,
      ...replaced,
    }),
    importPractice: (body) => sendJson(`${app.url}/v1/practice/import`, 'POST', app.native(index), body),
  };
}
