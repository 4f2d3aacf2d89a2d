/** A large batch of payouts on a server that is killed again and again: each is filed once, and all are completed. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { after, test } from 'node:test';
import { startSimulators } from '#simulators/start.ts';
import { freePort } from '#test/support/free-port.ts';
import { makeProcessStore } from '#test/support/process-store.ts';
import { assertAuditGreen, readBook } from '#test/support/reconcile.ts';
import { type ServerProcess, startServerProcess } from '#test/support/server-process.ts';

const isOnPostgres = process.env.TEST_DATABASE_URL !== undefined;

/** A run of the suite takes a small batch; the bar is ten thousand (`BATCH_PAYOUTS=10000`). */
const payouts = Number(process.env.BATCH_PAYOUTS ?? (isOnPostgres ? 200 : 60));

/** As many as one request adds. */
const atOnce = 1_000;

/** What the process may grow by on the way, however large the batch is. */
const maxGrowthMiB = 400;

/** A large one is killed once more, in the middle of being advanced. */
const isLarge = payouts > atOnce;

// biome-ignore lint/suspicious/noExplicitAny: what came over the wire is judged by the assertions.
type Json = any;

const cleanUps: (() => Promise<unknown>)[] = [];
after(async () => {
  for (const cleanUp of cleanUps.toReversed()) await cleanUp();
});

const store = await makeProcessStore();
cleanUps.push(() => store.remove());
const simulators = await startSimulators({ port: 0, directory: store.directory });
cleanUps.push(() => simulators.close());
const port = await freePort();
const base = `http://localhost:${port}`;

async function start(mutant?: string): Promise<ServerProcess> {
  const environment = { FAILPOINT_AMOUNT: String(Math.floor(payouts / 2)) };
  const { directory, databaseUrl } = store;
  const places = { port, directory, databaseUrl, simulatorUrl: simulators.url };
  const server = await startServerProcess({ ...places, mutant, environment });
  cleanUps.push(() => server.kill());
  return server;
}

async function send(method: string, path: string, headers: Json, body?: unknown): Promise<Json> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${base}${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...sent,
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${path}: ${answer.status} ${text.slice(0, 500)}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** One dollar for one claim, into a bank account. */
const order = (index: number) => ({
  issuerReferenceId: `BATCH-${index}`,
  amount: 100,
  payeeDetails: {
    name: 'MAIN STREET CLINIC',
    npi: '1234567893',
    bankAccount: { routingNumber: '231380104', accountNumber: '744567899' },
  },
  numberOfClaims: 1,
  claimLevelInformation: [
    {
      patientControlNumber: `PAT-${index}`,
      claimStatusCode: '1',
      chargeAmount: 100,
      paidAmount: 100,
      payerClaimControlNumber: `CLM-${index}`,
      patient: { lastName: 'DOE', firstName: 'JANE' },
    },
  ],
});

/** Makes a batch of all payouts and starts it; answers its path. */
async function openBatch(headers: Json): Promise<string> {
  const made = await send('POST', '/api/issue/v1/payments/batch', headers, {
    clientRequestId: 'BATCH',
    expectedNumberOfPayments: payouts,
  });
  const path = `/api/issue/v1/payments/batch/${made.batchId}`;
  for (let from = 0; from < payouts; from += atOnce) {
    const length = Math.min(atOnce, payouts - from);
    const payments = Array.from({ length }, (_, index) => order(from + index));
    await send('POST', `${path}/add`, headers, { payments });
  }
  assert.equal((await send('POST', `${path}/start`, headers)).batchStatus, 'Held');
  return path;
}

/** What a process takes of the memory, in MiB: now, and at most so far. Undefined where the system does not tell. */
async function memoryOf({ child }: ServerProcess): Promise<{ now: number; most: number } | undefined> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => undefined);
  const read = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status ?? '')?.[1]) / 1_024;
  return status === undefined ? undefined : { now: read('VmRSS'), most: read('VmHWM') };
}

test('a batch whose server is killed while it is advanced, filed and settled is filed once and completed', async (context) => {
  const tell = (what: string) => context.diagnostic(`${Math.round(performance.now() / 1_000)} s: ${what}`);
  let server = await start(isLarge ? 'payouts-unadvanced' : 'payout-file-sent');
  const [tenant] = (await send('GET', '/demo.json', {})).tenants;
  const { headers } = tenant.optumHold;
  const path = await openBatch(headers);
  tell(`${payouts} payouts are ordered and held`);
  const act = async (work: () => Promise<unknown>, next: string | undefined): Promise<void> => {
    const exited = once(server.child, 'exit');
    await Promise.race([work().catch(() => undefined), exited]);
    await exited;
    server = await start(next);
  };
  const release = () =>
    send('POST', `${path}/release`, headers, { batchId: path.split('/').at(-1), releasedBy: 'a.second' });
  if (isLarge) await act(release, 'payout-file-sent');
  else await release();
  tell('released');
  const turned = { ...tenant.native.headers, 'idempotency-key': 'turn' };
  const turn = () => send('POST', '/v1/test-clock/advance', turned, { by: 'P10D' });
  await act(turn, 'payout-news-half-read');
  tell('filed, and killed before the bank was heard');
  await act(turn, undefined);
  tell('killed half through the news of settlement');
  const atRest = await memoryOf(server);
  await turnUntilCompleted(turn, () => send('GET', path, headers));
  const memory = await memoryOf(server);
  tell(`completed; the process took ${memory?.most.toFixed(0)} MiB at most`);

  const batch = await send('GET', `${path}/details`, headers);
  assert.equal(batch.batchStatus, 'Completed');
  assert.equal(batch.payments.length, payouts);
  assert.deepEqual([...new Set(batch.payments.map((one: Json) => one.status))], ['Completed']);
  const book = (await readBook(simulators.url)).filter(({ connector }) => connector === 'rails');
  assertOnce(book.filter(({ kind }) => kind === 'payout').map(({ reference }) => reference));
  assertOnce(book.filter(({ kind }) => kind === 'ach-cleared').map(({ reference }) => reference));
  // The embedded store lives in the same process, and its memory only grows.
  if (isOnPostgres && atRest !== undefined && memory !== undefined)
    assert.ok(memory.most - atRest.now < maxGrowthMiB, `from ${atRest.now} to ${memory.most} MiB`);
  await server.stop();
  const database = await store.open();
  cleanUps.push(() => database.close());
  await assertAuditGreen(database);
});

/** What a dead process had in hand is another's once its lease is over. */
async function turnUntilCompleted(turn: () => Promise<unknown>, read: () => Promise<Json>): Promise<void> {
  const giveUp = AbortSignal.timeout(600_000);
  for (;;) {
    await turn();
    if ((await read()).batchStatus === 'Completed' || giveUp.aborted) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Asserts that the bank has every payout of the batch, and none twice. */
function assertOnce(references: readonly string[]): void {
  const wanted = Array.from({ length: payouts }, (_, index) => `BATCH-${index}`);
  assert.deepEqual(references.toSorted(), wanted.toSorted());
}
