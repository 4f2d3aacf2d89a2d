/**
 * Medusa's payment module behind the plainest server there is, as a process of its own: Medusa's own HTTP, which costs it
 * more, stays out of the comparison. Arguments: the folder it is installed in, and a database of its own.
 */
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What is used of the module; its own types are where it is installed. */
interface Payments {
  createPaymentCollections(input: object): Promise<{ id: string }>;
  createPaymentSession(collectionId: string, input: object): Promise<{ id: string }>;
  authorizePaymentSession(sessionId: string, context: object): Promise<{ id: string }>;
  capturePayment(input: { payment_id: string; amount: number }): Promise<{ captured_at: unknown }>;
}

interface ModulesSdk {
  MedusaApp(options: object): Promise<{ modules: { payment: Payments } }>;
  MedusaAppMigrateUp(options: object): Promise<void>;
}

/** More than the ten that the product opens. */
const connections = 16;
const amount = 100;
const currency = 'sek';

/** What would link payments to the other modules, of which there are none. */
const noLinks = { initialize: async () => undefined, getMigrationPlanner: () => undefined };

async function openPayments(directory: string, clientUrl: string): Promise<Payments> {
  const load = createRequire(join(directory, 'package.json'));
  const { MedusaApp, MedusaAppMigrateUp } = load('@medusajs/framework/modules-sdk') as ModulesSdk;
  // Made anew each time: loading takes out of it what it has loaded.
  const options = () => ({
    cwd: directory,
    modulesConfig: { payment: { resolve: load.resolve('@medusajs/payment') }, link_modules: noLinks },
    sharedResourcesConfig: { database: { clientUrl, pool: { min: 2, max: connections } } },
  });
  await MedusaAppMigrateUp(options());
  const { modules } = await MedusaApp(options());
  return modules.payment;
}

/** A collection and its session with the system's own provider, which calls nobody. */
async function create(payments: Payments): Promise<{ id: string }> {
  const collection = await payments.createPaymentCollections({ currency_code: currency, amount });
  const session = { provider_id: 'pp_system_default', currency_code: currency, amount, data: {} };
  return payments.createPaymentSession(collection.id, session);
}

async function createAndCapture(payments: Payments): Promise<{ id: string }> {
  const session = await create(payments);
  const payment = await payments.authorizePaymentSession(session.id, {});
  const captured = await payments.capturePayment({ payment_id: payment.id, amount });
  if (captured.captured_at === null) throw new Error(`payment ${payment.id} was not captured`);
  return { id: payment.id };
}

const [directory = '', clientUrl = ''] = process.argv.slice(2);
const payments = await openPayments(directory, clientUrl);
const server = createServer(async (request, response) => {
  await text(request);
  try {
    const made = await (request.url === '/captured' ? createAndCapture(payments) : create(payments));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(made));
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
});
server.listen(0, 'localhost', () => {
  console.log(`ready at http://localhost:${(server.address() as AddressInfo).port}`);
});
