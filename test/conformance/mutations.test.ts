/** Valid bodies with something wrong put into them, hundreds of times, the same ones at every run. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, it } from 'node:test';
import fc from 'fast-check';
import Value from 'typebox/value';
import type { Json } from '#test/support/ping-client.ts';
import { assertRefused, openTarget, type Row, sendRaw, type Target } from './target.ts';

let target: Target;
before(async () => {
  target = await openTarget();
});
after(() => target.stop());

type Path = readonly (string | number)[];

/** Every place in a body, the body itself left out. */
function pathsIn(value: Json, path: Path = []): Path[] {
  if (value === null || typeof value !== 'object') return [path];
  const keys: (string | number)[] = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const below = keys.flatMap((key) => pathsIn(value[key], [...path, key]));
  return path.length === 0 ? below : [path, ...below];
}

function replaceAt(value: Json, [key, ...rest]: Path, replacement: unknown): Json {
  if (key === undefined) return replacement;
  const copy = Array.isArray(value) ? [...value] : { ...value };
  copy[key] = replaceAt(copy[key], rest, replacement);
  return copy;
}

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = { a: value };
  return value;
}

/** What a body may hold in any place, and programs trip over. */
const nasty: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  'text',
  '14000',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e',
  '\uffff',
  '😀'.repeat(40),
  'x'.repeat(5_000),
  '__proto__',
  'constructor',
  "'; drop table payments; --",
  '<script>alert(1)</script>',
  `urn:uuid:${randomUUID()}`,
  randomUUID(),
  '2026-02-30',
  '9999-12-31',
  '0000-01-01',
  'P99999Y',
  'http://169.254.169.254/',
  'http://localhost:1/',
  'javascript:alert(1)',
  'xx',
  'SEK ',
  0,
  -0,
  -1,
  -14_000,
  0.1,
  14_000.5,
  1e-7,
  1e12 + 1,
  2 ** 31,
  2 ** 53,
  2 ** 63,
  1e300,
  [],
  {},
  [[]],
  [null],
  { a: 1 },
  { '\u0000': 1 },
  { '': '' },
  deep(50),
  deep(3_000),
];

const raw = (body: unknown): string => JSON.stringify(body);

const ids = (row: Row, name: string): string => {
  const { own } = target;
  const known: Record<string, string> = {
    order_id: own.order,
    payment_id: own.payment,
    name: 'windcave',
  };
  if (known[name] !== undefined) return known[name];
  return row.route.path.startsWith('/payment_links') ? own.link : own.payment;
};

/**
 * Sends a body that is probably wrong. Refused: in the façade's words, with nothing stored. Taken: then TypeBox's own
 * checker, which is not the one that serves requests, must find it valid, too.
 */
async function tryBody(row: Row, text: string): Promise<'refused' | 'taken'> {
  const before = await target.stored();
  const headers = row.dialect.headers(target.app, 0);
  const answer = await sendRaw(
    row.address((name) => ids(row, name)),
    row.route.method,
    headers,
    text,
  );
  if (answer.status >= 200 && answer.status < 300) {
    assert.ok(row.route.body && Value.Check(row.route.body, JSON.parse(text)), `${row.name} took ${text}`);
    await Promise.all(target.app.tenants.map(({ tenant }) => target.app.app.core.work.drain(tenant.id)));
    return 'taken';
  }
  assertRefused(row, answer, text.slice(0, 400));
  assert.equal(await target.stored(), before, `${row.name} stored something of ${text.slice(0, 400)}`);
  return 'refused';
}

it('any part of a body replaced by anything is refused in the façade’s words, or was valid', async () => {
  const rows = target.rows.filter(({ body }) => body !== undefined && pathsIn(body).length > 0);
  const replacing = fc.constantFrom(...rows.map((_, index) => index)).chain((index) =>
    fc.record({
      index: fc.constant(index),
      path: fc.constantFrom(...pathsIn(rows[index]?.body)),
      value: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...nasty) },
        { weight: 1, arbitrary: fc.jsonValue() },
      ),
    }),
  );
  const counts = { refused: 0, taken: 0 };
  const property = fc.asyncProperty(replacing, async ({ index, path, value }) => {
    const row = rows[index] as Row;
    counts[await tryBody(row, raw(replaceAt(row.body, path, value)))] += 1;
  });
  await fc.assert(property, { seed: 20_260_301, numRuns: 400 });
  assert.ok(counts.refused > 200, `only ${counts.refused} were refused`);
});

it('each number of a body is refused when it is 2⁵³+1, a fraction, an exponent beyond all, or a text', async () => {
  for (const row of target.rows.filter(({ body }) => body !== undefined)) {
    for (const path of pathsIn(row.body)) {
      const value = path.reduce((at: Json, key) => at[key], row.body);
      if (
        typeof value !== 'number' ||
        path.some((key) => ['metadata', 'split_parameters'].includes(`${key}`))
      )
        continue;
      const marked = raw(replaceAt(row.body, path, '@'));
      for (const number of [
        '9007199254740993',
        '-1',
        '1e400',
        '1e15',
        `"${value}"`,
        '0.001e999',
        '[1]',
        'null',
      ]) {
        const text = marked.replace('"@"', number);
        // Some dialects take null for what is left out, and say so in their schemas.
        if (number === 'null' && row.route.body && Value.Check(row.route.body, JSON.parse(text))) continue;
        const outcome = await tryBody(row, text);
        assert.equal(outcome, 'refused', `${row.name} took ${number} for ${path.join('.')}`);
      }
    }
  }
});

it('a part of a body nested ten thousand deep is refused', async () => {
  const nested = `${'{"a":'.repeat(10_000)}"\\u0000"${'}'.repeat(10_000)}`;
  for (const row of target.rows.filter(({ body }) => body !== undefined)) {
    for (const path of pathsIn(row.body)) {
      const marked = raw(replaceAt(row.body, path, '@'));
      for (const text of [nested, nested.replace('\\u0000', '')])
        assert.equal(
          await tryBody(row, marked.replace('"@"', text)),
          'refused',
          `${row.name} ${path.join('.')}`,
        );
    }
  }
});
