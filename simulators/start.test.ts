import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import type { BookRow } from './book.ts';
import { goodCard, pick, purchaseFields, startMerchant } from './windcave/test-merchant.ts';
import { elements } from './windcave/xml.ts';

const login = { PostUsername: 'Clinic_PxPost', PostPassword: 'secret' };

describe('the simulators', () => {
  it('know after a restart what they knew before it', async () => {
    const merchant = await startMerchant();
    const page = await merchant.openPage({ EnableAddBillCard: '1' });
    const paid = await merchant.submit(page, { action: 'pay', ...goodCard });
    const purchase = purchaseFields();
    const answer = await merchant.pxPost(purchase);
    const bookBefore = await merchant.book();
    await merchant.restart();

    assert.deepEqual(await merchant.book(), bookBefore);
    assert.equal(await merchant.pxPost(purchase), answer);
    const again = await merchant.submit(page.replace(/^http:\/\/[^/]+/, merchant.url), { action: 'cancel' });
    assert.equal(again.location, paid.location);
    const next = await merchant.pxPost(purchaseFields());
    assert.notEqual(pick(next, 'DpsTxnRef'), pick(answer, 'DpsTxnRef'));
    await merchant.close();
  });

  it('drop a last line that a crash cut short, and nothing else', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'quittance-'));
    const merchant = await startMerchant({ directory });
    await merchant.pxPost(purchaseFields());
    await merchant.close();
    appendFileSync(join(directory, 'simulators.jsonl'), '{"connector":"windcave","row":{"seq');
    const later = await startMerchant({ directory });
    await later.pxPost(purchaseFields());
    await later.restart();
    assert.deepEqual(
      (await later.book()).map((row) => [row.sequence, row.outcome]),
      [
        [1, 'approved'],
        [2, 'approved'],
      ],
    );
    await later.close();
    rmSync(directory, { recursive: true });
  });

  it('have every payment they answered for in their book after kill -9', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'quittance-'));
    const first = await spawnSimulators(directory);
    const answered: string[] = [];
    const worker = async () => {
      for (;;) {
        const fields = purchaseFields();
        const answer = await postTo(first.url, fields);
        assert.equal(pick(answer, 'Success'), '1');
        answered.push(fields.TxnId ?? '');
        if (answered.length === 100) first.child.kill('SIGKILL');
      }
    };
    await Promise.allSettled(Array.from({ length: 16 }, worker));
    assert.ok(answered.length >= 100);

    const second = await spawnSimulators(directory);
    const { data } = (await (await fetch(`${second.url}/book`)).json()) as { data: BookRow[] };
    const booked = new Set(data.map((row) => row.reference));
    assert.deepEqual(
      answered.filter((txnId) => !booked.has(txnId)),
      [],
    );
    second.child.kill('SIGTERM');
    const [code] = await once(second.child, 'exit');
    assert.equal(code, 0);
    rmSync(directory, { recursive: true });
  });

  it('close at once while a request hangs', async () => {
    const merchant = await startMerchant();
    await merchant.setFault({ kind: 'hang' });
    const hanging = merchant.pxPost(purchaseFields()).catch(() => 'dropped');
    while ((await merchant.book()).length === 0);
    await merchant.close();
    assert.equal(await hanging, 'dropped');
  });

  it('refuse a fault they do not know, and forget all faults when told to', async () => {
    const merchant = await startMerchant();
    await assert.rejects(merchant.setFault({ kind: 'earthquake' }));
    await assert.rejects(merchant.setFault({ kind: 'hang', rate: 2 }));
    await merchant.setFault({ kind: 'decline', times: 9 });
    await fetch(`${merchant.url}/faults`, { method: 'DELETE' });
    assert.equal(pick(await merchant.pxPost(purchaseFields()), 'ReCo'), '00');
    await merchant.close();
  });
});

async function spawnSimulators(directory: string) {
  const env = { ...process.env, PORT: '0', QUITTANCE_DATA: directory };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, url: /http:\/\/localhost:\d+/.exec(line)?.[0] ?? '' };
}

async function postTo(url: string, fields: Record<string, string>): Promise<string> {
  const body = `<Txn>${elements({ ...login, ...fields })}</Txn>`;
  return (await fetch(`${url}/pxpost.aspx`, { method: 'POST', body })).text();
}
