/**
 * Replays conversations as a client has them, each request with the answer it must get. In a request `{name}` stands for
 * what an earlier exchange kept, or for a name the caller gives. In an answer it stands for the same, or for a kind of
 * value the caller describes; alone in quotes, a name that stands for a number is one. Everything else is compared exactly, and
 * no key may be missing or too many.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { Answer, Json } from './ping-client.ts';

export interface Exchange {
  readonly about?: string;
  readonly request: {
    readonly method: string;
    readonly path: string;
    readonly headers?: Record<string, string>;
    readonly body?: Json;
  };
  readonly response: {
    readonly status: number;
    readonly headers?: Record<string, string>;
    readonly body?: Json;
  };
  /** Properties of the answer that later exchanges speak of, by the name they use: `Id`, `0.Id` in a list. */
  readonly keep?: Readonly<Record<string, string>>;
}

/** What happens between two exchanges: a payer enters a card on a processor's page, or time goes by. */
export type Happening =
  | { readonly payer: { readonly page: string; readonly card: string; readonly holder?: string } }
  | { readonly clock: string };

export interface Conversation {
  readonly file: string;
  readonly about: string;
  readonly source: string;
  readonly exchanges: readonly (Exchange | Happening)[];
}

/** Who speaks, and what the words in braces stand for. */
export interface Speaker {
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Lets something happen; not needed where conversations are all exchanges. */
  happen?(happening: Happening): Promise<unknown>;
  /** Whether the keys of an answer have to stand in the order written down. */
  readonly inOrder?: true;
  readonly names: Readonly<Record<string, string | number>>;
  readonly kinds: Readonly<Record<string, RegExp | 'whole number'>>;
}

export function readConversations(folder: URL): Conversation[] {
  return readdirSync(folder).map((file) => ({
    file,
    ...(JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Omit<Conversation, 'file'>),
  }));
}

type Kept = Map<string, string | number>;

export async function replay({ exchanges }: Conversation, speaker: Speaker): Promise<void> {
  const kept: Kept = new Map(Object.entries(speaker.names));
  for (const step of exchanges) {
    if ('request' in step) await exchange(step, speaker, kept);
    else await speaker.happen?.(fill(step, kept));
  }
}

async function exchange(step: Exchange, { call, kinds, inOrder }: Speaker, kept: Kept): Promise<void> {
  const { method, path, headers, body } = fill(step.request, kept);
  const answer = await call(method, path, body, headers);
  const what = `${step.about ?? ''} ${method} ${path}: ${answer.text}`;
  assert.equal(answer.status, step.response.status, what);
  const wanted = fill(step.response.body, kept);
  const told = abstract(answer.body, wanted, kinds);
  assert.deepEqual(told, wanted, what);
  if (inOrder === true)
    assert.equal(JSON.stringify(told), JSON.stringify(wanted), `the order of keys in ${what}`);
  for (const [name, value] of Object.entries(step.response.headers ?? {}))
    assert.equal(answer.headers.get(name), value, what);
  for (const [name, property] of Object.entries(step.keep ?? {})) kept.set(name, at(answer.body, property));
}

function fill(value: Json, kept: Kept): Json {
  const text = JSON.stringify(value);
  return text === undefined
    ? undefined
    : JSON.parse(
        text.replaceAll(/"\{(\w+)\}"|\{(\w+)\}/g, (all, alone, inside) => {
          const value = kept.get(alone ?? inside);
          if (value === undefined) return all;
          return alone === undefined || typeof value === 'number' ? String(value) : `"${value}"`;
        }),
      );
}

/** Puts the kind's name in the place of each value that is of the kind wanted there. */
function abstract(actual: Json, wanted: Json, kinds: Speaker['kinds']): Json {
  if (typeof wanted === 'string') {
    const kind = kinds[/^\{(\w+)\}$/.exec(wanted)?.[1] ?? ''];
    const isOne =
      kind instanceof RegExp ? typeof actual === 'string' && kind.test(actual) : isWhole(kind, actual);
    return isOne ? wanted : actual;
  }
  if (actual === null || typeof actual !== 'object' || wanted === null || typeof wanted !== 'object')
    return actual;
  const entries = Object.entries(actual).map(([key, value]) => [key, abstract(value, wanted[key], kinds)]);
  return Array.isArray(actual) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
}

function isWhole(kind: 'whole number' | undefined, actual: Json): boolean {
  return kind !== undefined && Number.isInteger(actual);
}

function at(value: Json, path: string): Json {
  return path.split('.').reduce((part: Json, key) => part[key], value);
}
