/** The bar is a hundred thousand clients in one file, in memory that does not grow with it (`IMPORT_ROWS=100000`). */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { later } from '#kit/clock.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';
import { openPractice, type Practice } from '#test/support/provet-cloud.ts';
import { openFile, sendFile } from '#test/support/sent-file.ts';
import { deleteDeadImports } from '../../core/practice/delete-dead-imports.ts';

const rows = Number(process.env.IMPORT_ROWS ?? 1_200);

let app: TestApp;
let practice: Practice;
before(async () => {
  app = await startTestApp();
  practice = openPractice(app);
});
after(() => app.stop());

const url = (objects: string) => `${app.url}/v1/practice/import?objects=${objects}`;
const sendCsv = (objects: string, content: string | Buffer, more: Record<string, string> = {}) =>
  sendFile(url(objects), { ...app.native(), ...more }, content);
const sendLines = (objects: string, values: readonly Json[]) =>
  sendFile(
    url(objects),
    app.native(),
    values.map((one) => JSON.stringify(one)).join('\n'),
    'application/x-ndjson',
  );

async function clientsCalled(firstName: string): Promise<Json[]> {
  const { body } = await practice.call('GET', `/client/?firstname__is=${encodeURIComponent(firstName)}`);
  return body.results;
}

async function stagedRows(): Promise<number> {
  const [row] = await app.app.core.database.query<{ count: number }>(
    'select count(*)::int as count from practice_import_rows',
  );
  return row?.count ?? 0;
}

/** Looks again until it is so, letting the server have its turn: the embedded store answers without one. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const giveUp = AbortSignal.timeout(20_000);
  while (!(await isSo())) {
    giveUp.throwIfAborted();
    await setImmediate();
  }
}

describe('the import of a practice', () => {
  it('is brought up to date by the same external ids, and told what is new', async () => {
    const client = {
      externalId: 'ada',
      firstName: 'Ada',
      email: 'ada@example.com',
      homeDepartment: 'surgery',
    };
    const first = await practice.importPractice({ clients: [client] });
    assert.deepEqual(first.body.client, { created: 1, updated: 0 });
    const again = await practice.importPractice({ clients: [{ ...client, lastName: 'Byron' }] });
    assert.deepEqual(again.body.client, { created: 0, updated: 1 });
    const { body } = await practice.call('GET', '/client/?email__icontains=ADA@');
    assert.deepEqual(
      body.results.map(({ lastname }: Json) => lastname),
      ['Byron'],
    );
    assert.equal(body.results[0].home_department, practice.entry.department);
  });

  it('refuses a reference to what is not there, and keeps nothing of the rest', async () => {
    const answer = await practice.importPractice({
      clients: [{ externalId: 'kept-not', firstName: 'Nobody' }],
      phoneNumbers: [{ externalId: 'p', client: 'ghost', number: '0701234567' }],
    });
    assert.equal(answer.status, 422);
    assert.equal(answer.body.errors[0].property, 'phoneNumbers.0.client');
    assert.deepEqual(await clientsCalled('Nobody'), []);
  });
});

describe('a file of a practice', () => {
  it('is CSV with a line of names, in whatever order, and empty where nothing is given', async () => {
    const csv = [
      '\uFEFFfirstName,externalId,email,homeDepartment,lastName',
      'Grace,grace,grace@example.com,surgery,"Hopper, ""Amazing"""',
      'Grace,grace-2,,,"of two',
      'lines"',
      '',
    ].join('\r\n');
    const first = await sendCsv('clients', csv);
    assert.deepEqual([first.status, first.body], [200, { client: { created: 2, updated: 0 } }]);
    const [grace, second] = await clientsCalled('Grace');
    assert.deepEqual(
      [grace.lastname, grace.email, grace.home_department],
      ['Hopper, "Amazing"', 'grace@example.com', practice.entry.department],
    );
    assert.deepEqual(
      [second.lastname, second.email, second.home_department],
      ['of two\r\nlines', null, null],
    );
    assert.deepEqual((await sendCsv('clients', csv)).body, { client: { created: 0, updated: 2 } });
  });

  it('is a JSON object in every line, too, and the last of several with one external id counts', async () => {
    const invoice = { status: 3, client: 'bertil', department: 'surgery', currency: 'SEK', total: 9_900 };
    const { status, body } = await sendLines('invoices', [
      { ...invoice, externalId: 'lines-1', number: '7001', due: 9_900 },
      { ...invoice, externalId: 'lines-2', number: '7002', due: 0 },
      { ...invoice, externalId: 'lines-1', number: '7001', due: 4_950 },
    ]);
    assert.deepEqual([status, body], [200, { invoice: { created: 2, updated: 0 } }]);
    const { body: list } = await practice.call('GET', '/invoice/?invoice_number__in=7001,7002');
    assert.deepEqual(
      list.results.map(({ due_sum: due }: Json) => due),
      [49.5, 0],
    );
  });

  it('has numbers and truths where its objects have them', async () => {
    const departments = 'externalId,name,currency,allowsLinks\nlab,Lab,EUR,false\n';
    assert.equal((await sendCsv('departments', departments)).status, 200);
    const { body } = await practice.call('GET', '/department/?name__is=Lab');
    assert.deepEqual([body.results[0].allow_nhp_processing, body.results[0].currency], [false, 'EUR']);
    const header = 'externalId,number,status,client,department,currency,total,due';
    const invoices = `${header}\n1,8001,3,bertil,surgery,SEK,12050,12050\n`;
    assert.deepEqual((await sendCsv('invoices', invoices)).body, { invoice: { created: 1, updated: 0 } });
  });

  it('that is wrong is told so line by line and field by field, and nothing of it is kept', async () => {
    const told = async (objects: string, content: string | Buffer) => {
      const { status, body } = await sendCsv(objects, content);
      assert.equal(status, 422, JSON.stringify(body));
      return body.errors.map(({ property, problem }: Json) => `${property} ${problem}`);
    };
    const clients = 'externalId,firstName,email,homeDepartment\n';
    const wrong = ['a,Wrong,,', ',Wrong,,', 'b,Wrong,nobody,', 'c,Wrong', ''].join('\n');
    assert.deepEqual(await told('clients', `${clients}${wrong}`), ['lines.5 invalid_format']);
    assert.deepEqual(await told('clients', `${clients}${wrong.replace('c,Wrong', 'c,Wrong,,')}`), [
      'lines.3.externalId missing_field',
      'lines.4.email invalid_format',
    ]);
    const nowhere = `${clients}a,Wrong,,\n"b\nb",Wrong,,\nc,Wrong,,nowhere\n`;
    assert.deepEqual(await told('clients', nowhere), ['lines.5.homeDepartment invalid_enum']);
    assert.deepEqual(await told('clients', 'externalId,forename\n'), ['lines.1.forename unknown_field']);
    assert.deepEqual(await told('clients', ''), ['lines.1 missing_field']);
    assert.deepEqual(await told('departments', 'externalId,name,currency,allowsLinks\n1,Lab,EUR,yes\n'), [
      'lines.2.allowsLinks invalid_type',
    ]);
    const many = Array.from({ length: 50 }, (_, index) => `${index},Wrong,nobody,`).join('\n');
    assert.equal((await told('clients', `${clients}${many}`)).length, 20);
    const json = await sendLines('users', [{ externalId: '1', username: 'u' }, { externalId: 2 }]);
    assert.deepEqual(
      json.body.errors.map(({ property }: Json) => property),
      ['lines.2.username', 'lines.2.externalId'],
    );
    assert.deepEqual(await clientsCalled('Wrong'), []);
    assert.equal(await stagedRows(), 0);
  });

  it('is refused where it is not said what it is of, is something else, or is too large', async () => {
    const statusOf = async (path: string, content: string | Buffer, mediaType?: string) =>
      (await sendFile(`${app.url}/v1/practice/import${path}`, app.native(), content, mediaType)).status;
    assert.equal(await statusOf('', 'externalId\n'), 422);
    assert.equal(await statusOf('?objects=patients', 'externalId\n'), 422);
    assert.equal(await statusOf('?objects=clients', '{}', 'application/json'), 422);
    assert.equal(await statusOf('?objects=clients', 'externalId\n', 'text/plain'), 415);
    assert.equal(await statusOf('?objects=clients', Buffer.from([0x65, 0xff, 0x0a])), 400);
    assert.equal(await statusOf('?objects=clients', '{"externalId":', 'application/x-ndjson'), 422);
    const huge = Buffer.alloc(33 * 1_024 * 1_024, `${' '.repeat(10_000)}\n`);
    assert.equal(await statusOf('?objects=clients', huge, 'application/x-ndjson'), 413);
  });

  it('is taken once under one key, and the key is good for no other file', async () => {
    const key = { 'idempotency-key': 'nightly-1017' };
    const csv = 'externalId,username\nkeyed,Keyed\n';
    const first = await sendCsv('users', csv, key);
    assert.deepEqual(first.body, { user: { created: 1, updated: 0 } });
    const second = await sendCsv('users', csv, key);
    assert.deepEqual(second.body, first.body);
    assert.equal(second.headers.get('idempotent-replayed'), 'true');
    assert.equal((await sendCsv('users', csv.replace('Keyed', 'Other'), key)).status, 422);
    const { body } = await practice.call('GET', '/user/?username__is=Other');
    assert.equal(body.count, 0);
  });

  it('holds nobody up while it arrives, counts as a whole, and leaves nothing where it breaks off', async () => {
    const file = openFile(url('clients'), app.native());
    const line = (index: number) => `slow-${index},Slow\n`;
    const lines = Array.from({ length: 1_200 }, (_, index) => line(index));
    await file.send(`externalId,firstName\n${lines.slice(0, 600).join('')}`);
    await until(async () => (await stagedRows()) > 0);
    const meanwhile = await practice.importPractice({
      clients: [{ externalId: 'slow-1', firstName: 'Quick' }],
    });
    assert.deepEqual(meanwhile.body.client, { created: 1, updated: 0 });
    assert.deepEqual(await clientsCalled('Slow'), []);
    await file.send(lines.slice(600).join(''));
    assert.deepEqual((await file.end()).body, { client: { created: 1_199, updated: 1 } });
    assert.deepEqual(await clientsCalled('Quick'), []);

    const broken = openFile(url('clients'), app.native());
    await broken.send(`externalId,firstName\n${lines.join('').replaceAll('Slow', 'Broken')}`);
    await until(async () => (await stagedRows()) > 0);
    broken.breakOff();
    await until(async () => (await stagedRows()) === 0);
    assert.deepEqual(await clientsCalled('Broken'), []);
  });

  it('whose server died is forgotten after an hour', async () => {
    const { clock, database } = app.app.core;
    const tenantId = app.tenants[0]?.tenant.id;
    const importId = crypto.randomUUID();
    await database.query(
      "insert into practice_imports (tenant_id, id, kind, started_at) values ($1, $2, 'client', $3)",
      [tenantId, importId, clock.now()],
    );
    await database.query(
      `insert into practice_import_rows (tenant_id, import_id, external_id, line, fields, refers_to)
       values ($1, $2, 'dead', 2, '{}', '{}')`,
      [tenantId, importId],
    );
    assert.equal(await deleteDeadImports({ database, clock }), 0);
    assert.equal(await stagedRows(), 1);
    const inAnHour = { now: () => later(clock.now(), 3_600_001) };
    assert.equal(await deleteDeadImports({ database, clock: inAnHour }), 1);
    assert.equal(await stagedRows(), 0);
  });

  it('takes no more memory the longer it is', async (context) => {
    const file = openFile(url('clients'), app.native());
    await file.send('externalId,firstName,lastName,email,homeDepartment\n');
    const peak = watchMemory(context);
    const started = performance.now();
    for (let from = 0; from < rows; from += 500) {
      const count = Math.min(500, rows - from);
      const lines = Array.from({ length: count }, (_, index) => {
        const name = `many-${from + index}`;
        return `${name},Many,Client of the clinic number ${from + index},${name}@example.com,surgery\n`;
      });
      await file.send(lines.join(''));
    }
    assert.deepEqual((await file.end()).body, { client: { created: rows, updated: 0 } });
    const grownMiB = peak() / 1_048_576;
    const seconds = (performance.now() - started) / 1_000;
    context.diagnostic(
      `${rows} rows in ${seconds.toFixed(1)} s; live memory grew by ${grownMiB.toFixed(1)} MiB`,
    );
    const { body } = await sendJson(
      `${practice.entry.base}/client/?firstname__is=Many`,
      'GET',
      practice.entry.headers,
    );
    assert.equal(body.count, rows);
    // The embedded store stands in this process and keeps all of it.
    if (app.app.core.database.store === 'postgres') assert.ok(grownMiB < 24, `${grownMiB} MiB`);
  });
});

/** By how much more than now, in bytes, what is alive in this process comes to. */
function watchMemory(context: { after(work: () => void): void }): () => number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const alive = () => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  };
  const before = alive();
  let most = before;
  const look = () => {
    most = Math.max(most, alive());
  };
  // Often enough to see a pile grow; to collect takes a good part of a second.
  const timer = setInterval(look, 2_000);
  context.after(() => clearInterval(timer));
  return () => {
    look();
    clearInterval(timer);
    return most - before;
  };
}
