/** Every route of every façade, by its table: what is wrong is told in the façade's own words, and stores nothing. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { assertRefused, openTarget, type RawAnswer, type Row, sendRaw, type Target } from './target.ts';

let target: Target;
before(async () => {
  target = await openTarget();
});
after(() => target.stop());

const headersOf = (row: Row) => row.dialect.headers(target.app, 0);
const unknownId = (): string => randomUUID();
const takesBody = (row: Row) => row.body !== undefined;
const hasParameter = (row: Row) => row.route.path.includes(':');
const rowsThat = (fits: (row: Row) => boolean) => target.rows.filter(fits);

/** Does something, and asserts that the database is as before. */
async function storingNothing(work: () => Promise<void>): Promise<void> {
  const before = await target.stored();
  await work();
  assert.equal(await target.stored(), before);
}

function send(
  row: Row,
  body: string | undefined,
  headers: Record<string, string> = {},
  id: (parameter: string) => string = unknownId,
): Promise<RawAnswer> {
  const { consumes: [mediaType] = [], body: schema } = row.route;
  const isStream = mediaType !== undefined && schema === undefined;
  const streamed = isStream ? { 'content-type': mediaType } : {};
  const sent = isStream ? '%PDF-1.7' : body;
  return sendRaw(row.address(id), row.route.method, { ...headersOf(row), ...streamed, ...headers }, sent);
}

describe('bad input', () => {
  it('is told from good: each route takes its valid body', async () => {
    const { own } = target;
    const ids: Record<string, string> = { order_id: own.order, payment_id: own.payment, id: own.link };
    for (const row of rowsThat((one) => takesBody(one) && one.facade.name === 'ping')) {
      const answer = await send(row, JSON.stringify(row.body), {}, (name) => ids[name] ?? '');
      assert.notEqual(answer.status, 422, `${row.name}: ${answer.text}`);
    }
    await target.app.app.core.work.drain(target.app.tenants[0]?.tenant.id ?? ('' as never));
  });

  it('an unknown id, a strange one and another tenant’s are not found, and cannot be told apart', () =>
    storingNothing(async () => {
      for (const row of rowsThat(hasParameter)) {
        const body = takesBody(row) ? JSON.stringify(row.body) : undefined;
        const unknown = await send(row, body);
        assertRefused(row, unknown, 'an unknown id');
        assert.equal(unknown.status, 404, row.name);
        for (const foreign of target.foreignIds) {
          const answer = await send(row, body, {}, () => foreign);
          assert.deepEqual(comparable(answer), comparable(unknown), `${row.name} of another tenant`);
        }
        const strange = [
          'nonsense',
          '0',
          '%00',
          // Alone, two dots would be resolved on the way, to whatever the path above has.
          '%2e%2e%2f',
          `urn:uuid:${unknownId()}`,
          'é',
          '%ff',
          'x'.repeat(300),
        ];
        for (const id of strange) assertRefused(row, await send(row, body, {}, () => id), `the id ${id}`);
        const nil = await send(row, body, {}, () => '00000000-0000-0000-0000-000000000000');
        assert.equal(nil.status, 404, `${row.name} with the nil UUID`);
      }
    }));

  it('credentials that are missing, wrong, or another tenant’s are 401 before anything else is looked at', () =>
    storingNothing(async () => {
      for (const row of rowsThat(({ route }) => route.access !== 'public')) {
        target.skipMs(61_000);
        for (const headers of row.dialect.wrongHeaders(target.app)) {
          const body = takesBody(row) ? '{"broken' : undefined;
          const answer = await sendRaw(row.address(unknownId), row.route.method, headers, body);
          assertRefused(row, answer, JSON.stringify(headers));
          assert.equal(answer.status, 401, `${row.name} ${JSON.stringify(headers)}`);
        }
      }
    }));

  it('wrong credentials beyond a hundred a minute are 429, and right ones still work', async () => {
    target.skipMs(61_000);
    for (const row of [target.rows[0], target.rows.at(-1)]) {
      assert.ok(row !== undefined);
      let answer: RawAnswer | undefined;
      for (let tries = 0; tries < 101; tries += 1)
        answer = await sendRaw(row.address(unknownId), row.route.method, {});
      assert.ok(answer !== undefined);
      assertRefused(row, answer, 'the hundred-and-first');
      assert.equal(answer.status, 429);
    }
    const [row] = rowsThat((one) => one.route.method === 'GET' && !hasParameter(one));
    assert.ok(row !== undefined);
    assert.equal((await send(row, undefined)).status, 200);
    target.skipMs(61_000);
  });

  const bodies: Readonly<Record<string, string>> = {
    'broken JSON': '{"currency": "SEK"',
    'half a character': '{"currency": "\\ud8',
    'two documents': '{}{}',
    'a list': '[]',
    'a list of a body': '[{}]',
    'a text': '"SEK"',
    'a number': '17',
    'a comment': '{} // SEK',
    'not a number': '{"amount": NaN}',
    'a key called __proto__': '{"__proto__": {"currency": "SEK"}, "currency": "SEK"}',
    'a constructor with a prototype': '{"constructor": {"prototype": {"x": 1}}, "currency": "SEK"}',
    'more than 64 KiB': `{"currency": "${'S'.repeat(65_536)}"}`,
    'ten thousand brackets': '['.repeat(10_000) + ']'.repeat(10_000),
    'brackets that never close': '['.repeat(60_000),
  };
  for (const [what, body] of Object.entries(bodies))
    it(`${what} for a body is refused by every route`, () =>
      storingNothing(async () => {
        for (const row of rowsThat(takesBody)) assertRefused(row, await send(row, body), what);
      }));

  it('no body at all is refused by every route that needs one', () =>
    storingNothing(async () => {
      for (const row of rowsThat(takesBody)) {
        assertRefused(row, await send(row, undefined), 'none');
        assertRefused(row, await send(row, ''), 'empty');
        assertRefused(row, await send(row, 'null'), 'null');
      }
    }));

  it('a valid body that calls itself something else than JSON is refused by every route', () =>
    storingNothing(async () => {
      const types = [
        'text/plain',
        'application/xml',
        'application/x-www-form-urlencoded',
        'nonsense',
        'text/json',
      ];
      for (const row of rowsThat(takesBody)) {
        for (const type of types) {
          const answer = await send(row, JSON.stringify(row.body), { 'content-type': type });
          assertRefused(row, answer, type);
        }
        const form = new URLSearchParams(Array.isArray(row.body) ? row.body[0] : row.body).toString();
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        assertRefused(row, await send(row, form, headers), 'a form');
      }
    }));

  it('the last of two equal keys counts, whatever the first one said', () =>
    storingNothing(async () => {
      for (const row of rowsThat(takesBody)) {
        const [key] = Object.keys(row.body);
        const body = JSON.stringify(row.body).replace(/\}$/, `,${JSON.stringify(key)}:{"a":[]}}`);
        assertRefused(row, await send(row, body), `a second ${key}`);
      }
    }));

  it('an Idempotency-Key that cannot be one is refused', () =>
    storingNothing(async () => {
      for (const row of rowsThat(({ route }) => route.method !== 'GET')) {
        const body = takesBody(row) ? JSON.stringify(row.body) : undefined;
        for (const key of ['x'.repeat(256), 'two words', 'é']) {
          assertRefused(row, await send(row, body, { 'idempotency-key': key }), `the key ${key}`);
        }
      }
    }));

  it('a query that makes no sense is refused', () =>
    storingNothing(async () => {
      for (const row of rowsThat(({ route }) => route.query !== undefined)) {
        for (const query of ['limit=-1', 'limit=0', 'limit=1e3', 'limit=x', 'limit=1&limit=2', 'limit=1.5']) {
          const answer = await sendRaw(`${row.address(unknownId)}?${query}`, 'GET', headersOf(row));
          assertRefused(row, answer, query);
        }
      }
    }));

  it('a method a path does not have is told so in the façade’s words', () =>
    storingNothing(async () => {
      for (const row of target.rows) {
        for (const method of ['OPTIONS', 'TRACE', 'PROPFIND', 'DELETE', 'PATCH']) {
          if (
            target.rows.some(
              (one) =>
                one.facade === row.facade && one.route.path === row.route.path && one.route.method === method,
            )
          )
            continue;
          const answer = await sendMethod(method, row.address(unknownId), headersOf(row));
          assertRefused(row, answer, method);
          assert.equal(answer.status, 405, `${row.name} ${method}`);
          const allowed = answer.headers.get('allow')?.split(', ');
          assert.ok(allowed?.includes(row.route.method), `${row.name} ${method}: ${allowed}`);
        }
      }
    }));

  it('HEAD answers what GET does, without the body', async () => {
    for (const row of rowsThat((one) => one.route.method === 'GET' && !hasParameter(one))) {
      const answer = await sendMethod('HEAD', row.address(unknownId) + row.query, headersOf(row));
      // A GET that moves money has no HEAD.
      assert.equal(answer.status, row.route.movesMoney === undefined ? 200 : 405, row.name);
      assert.equal(answer.text, '');
    }
  });

  it('a path no façade has is not found in its words', () =>
    storingNothing(async () => {
      for (const row of rowsThat((one) => !hasParameter(one))) {
        const address = `${row.address(unknownId)}/nothing/here`;
        const answer = await sendRaw(address, row.route.method, headersOf(row));
        assertRefused(row, answer, address);
        assert.equal(answer.status, 404, address);
      }
    }));
});

const changing = /^(date|request-id|server-timing|x-ratelimit-.*)$/;

/** What two answers must share for nobody to tell them apart: all but who, when, how long and how often. */
function comparable(answer: RawAnswer) {
  const headers = [...answer.headers].filter(([name]) => !changing.test(name));
  return { status: answer.status, text: answer.text.replace(/"traceId":"[^"]+"/, ''), headers };
}

/** `fetch` refuses some of the methods. */
async function sendMethod(method: string, url: string, headers: Record<string, string>): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers }, async (response) => {
      const pairs = Object.entries(response.headers).map(([name, value]): [string, string] => [
        name,
        String(value),
      ]);
      resolve({ status: response.statusCode ?? 0, headers: new Headers(pairs), text: await text(response) });
    });
    outgoing.on('error', reject).end();
  });
}
