/** Many uploads at once, at a server of its own: what they take of its memory, and of the time of those who only read. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { freePort } from '#test/support/free-port.ts';
import { sampleBody } from '#test/support/hihealth-client.ts';
import { type Json, sendJson } from '#test/support/ping-client.ts';
import { makeProcessStore, type ProcessStore } from '#test/support/process-store.ts';
import { type ServerProcess, startServerProcess } from '#test/support/server-process.ts';
import { floodWithUploads } from '#test/support/upload-flood.ts';

/**
 * Uploads at once, of ten mebibytes each: so many that all of them in memory would be far too much. `UPLOADS=200` is the full
 * bar, in which the time of readers counts, too: it needs a machine that has nothing else to do.
 */
const isFullBar = process.env.UPLOADS !== undefined;
const isEmbedded = process.env.TEST_DATABASE_URL === undefined;
const uploads = Number(process.env.UPLOADS ?? (isEmbedded ? 16 : 32));
const bytes = 10 * 1_024 * 1_024;

/** Eight are taken in at once, each in three times its size; the embedded store stands in the process and keeps some, too. */
const allowedDocuments = isEmbedded ? 2 * 8 * 3 : 8 * 3;

let store: ProcessStore;
let server: ServerProcess;
let base: string;
let headers: Record<string, string>;
before(async () => {
  store = await makeProcessStore();
  server = await startServerProcess({
    port: await freePort(),
    directory: store.directory,
    databaseUrl: store.databaseUrl,
  });
  const { tenants } = (await (await fetch(`${server.url}/demo.json`)).json()) as Json;
  headers = tenants[0].hihealth.headers;
  base = `${server.url}/hihealth/payments`;
});
after(async () => {
  await server.kill();
  await store.remove();
});

async function create(): Promise<string> {
  const merchantUrls = { ...sampleBody.merchantUrls, callback: undefined };
  const { status, text, body } = await sendJson(base, 'POST', headers, { ...sampleBody, merchantUrls });
  assert.equal(status, 201, text);
  return body.id;
}

describe('many uploads at once', () => {
  it('are all kept, in a bounded multiple of their size in memory, while others are served', async () => {
    const ids = await Promise.all(Array.from({ length: uploads }, create));
    const [first = ''] = ids;
    await readFor(first, (reads) => reads >= 200);
    const quiet = await readFor(first, (reads) => reads >= 500);
    const before = await residentBytes();
    const flood = watch(
      floodWithUploads({ urls: ids.map((id) => `${base}/${id}/document`), headers, bytes }),
    );
    let peak = before;
    const busy = await readFor(first, async () => {
      peak = Math.max(peak, await residentBytes());
      return flood.isOver();
    });
    const { kept, toldToComeAgain } = await flood.result;
    quiet.push(...(await readFor(first, (reads) => reads >= 500)));
    const [usualMs, busyMs] = [percentile(quiet, 0.99), percentile(busy, 0.99)];
    const documents = (peak - before) / bytes;
    console.info(`${kept} were kept, and ${toldToComeAgain} told to come again`);
    console.info(`reads took ${usualMs} ms at the 99th of a hundred, and ${busyMs} ms meanwhile`);
    console.info(`memory grew by ${documents.toFixed(1)} documents`);
    assert.equal(kept, uploads);
    assert.ok(documents <= allowedDocuments, `${documents} documents`);
    if (isFullBar) assert.ok(busyMs <= 2 * usualMs, `${busyMs} ms instead of ${usualMs} ms`);
  });
});

/** What is under way, and whether it still is. */
function watch<Result>(result: Promise<Result>): { result: Promise<Result>; isOver: () => boolean } {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  result.then(over, over);
  return { result, isOver: () => isOver };
}

/** How long reads took, in ms, by four shops who read one after another until it is over. */
async function readFor(id: string, isOver: (reads: number) => boolean | Promise<boolean>): Promise<number[]> {
  const tookMs: number[] = [];
  const shop = async () => {
    while (!(await isOver(tookMs.length))) {
      const startedMs = performance.now();
      const { status } = await sendJson(`${base}/${id}`, 'GET', headers);
      assert.equal(status, 200);
      tookMs.push(performance.now() - startedMs);
    }
  };
  await Promise.all(Array.from({ length: 4 }, shop));
  return tookMs;
}

function percentile(tookMs: readonly number[], share: number): number {
  return Math.round(tookMs.toSorted((a, b) => a - b)[Math.floor(tookMs.length * share)] ?? 0);
}

/** What the server's process has in memory, as Linux counts it: in pages. */
async function residentBytes(): Promise<number> {
  const [, pages] = (await readFile(`/proc/${server.child.pid}/statm`, 'utf8')).split(' ');
  return Number(pages) * 4_096;
}
