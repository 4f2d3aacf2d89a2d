/** Runs every example against the product, so that none can rot. */
import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { after, before, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { freePort } from '#test/support/free-port.ts';

const run = promisify(execFile);
const pathOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

let app: TestApp;
before(async () => {
  app = await startTestApp();
});
after(() => app.stop());

it('every example is run by a test here', () => {
  const examples = readdirSync(pathOf('.')).filter((name) => !name.endsWith('.test.ts'));
  assert.deepEqual(examples, ['pay-a-link.ts', 'receive-callbacks.ts']);
});

it('pay-a-link.ts pays a link and says so', async () => {
  const { stdout } = await run(process.execPath, [pathOf('pay-a-link.ts'), app.url]);
  assert.match(stdout, /^Demo One asks for SEK 450\.00\.\nSMS to \+46700000000: .*\/pay\/[\w-]{32}\n/);
  assert.match(stdout, /The link is COMPLETED\. Receipt: http.*\.pdf\n.*the books balance\.\n$/);
});

it('receive-callbacks.ts believes our callbacks, knows a repetition, and refuses a forgery', async (t) => {
  const port = await freePort();
  const receiver = spawn(process.execPath, [pathOf('receive-callbacks.ts'), String(port), app.url], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(receiver, 'exit');
  t.after(async () => {
    receiver.kill();
    await gone;
  });
  const line = linesOf(receiver);
  assert.equal(await line(), `listening on http://127.0.0.1:${port}/`);

  await run(process.execPath, [pathOf('pay-a-link.ts'), app.url, `http://127.0.0.1:${port}/`]);
  assert.match(await line(), /^new: \{"payment_link_id":"[0-9a-f-]{36}","status":"COMPLETED",/);

  const headers = { ...app.native(), 'content-type': 'application/json' };
  const list = await fetch(`${app.url}/v1/callbacks?limit=1`, { headers });
  const { data } = (await list.json()) as { data: [{ id: string }] };
  await fetch(`${app.url}/v1/callbacks/${data[0].id}/resend`, { method: 'POST', headers: app.native() });
  assert.match(await line(), /^again: /);

  const forged = await fetch(`http://127.0.0.1:${port}/`, {
    method: 'POST',
    headers: {
      'webhook-id': 'x',
      'webhook-timestamp': String(Math.floor(Date.now() / 1_000)),
      'webhook-signature': `v1a,${Buffer.alloc(64).toString('base64')}`,
    },
    body: '{"status":"COMPLETED"}',
  });
  assert.equal(forged.status, 401);
  assert.match(await line(), /^refused: /);
});

/** The next line a program prints, one per call. */
function linesOf(program: ChildProcess): () => Promise<string> {
  assert.ok(program.stdout);
  const lines = createInterface(program.stdout)[Symbol.asyncIterator]();
  return async () => (await lines.next()).value ?? assert.fail('the program ended');
}
