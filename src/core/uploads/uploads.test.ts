/** Documents at rest: what is refused when anything about them is not as it was stored, and who may read them. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { parseUlid } from '#kit/ulid.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { type HihealthClient, hihealthClient } from '#test/support/hihealth-client.ts';
import { sendJson } from '#test/support/ping-client.ts';
import { openUpload } from './open-upload.ts';

let app: TestApp;
let shop: HihealthClient;
before(async () => {
  app = await startTestApp();
  shop = hihealthClient(app);
});
after(() => app.stop());

const pdfOf = (bytes: number) => Buffer.concat([Buffer.from('%PDF-'), randomBytes(bytes - 5)]);
const database = () => app.app.core.database;

/** Uploads a document for a payment of its own. */
async function store(bytes: number, type = 'PRESCRIPTION') {
  const { id } = await shop.create();
  const content = pdfOf(bytes);
  const { status, text } = await shop.upload(`/payments/${id}/document/${type}`, content);
  assert.equal(status, 201, text);
  const { body } = await sendJson(`${app.url}/v1/claims/${id}`, 'GET', app.native());
  const uploadId: string = body.documents[0].id;
  return { id, uploadId, content, claimId: parseUlid(id) ?? '' };
}

const tenGib = 10n * 1_024n ** 3n;

type Stored = Awaited<ReturnType<typeof store>>;

const open = ({ claimId, uploadId }: Stored, index = 0) =>
  openUpload(app.app.core, { id: app.tenants[index]?.tenant.id as never }, { claimId, uploadId });

const download = ({ id, uploadId }: Stored, index = 0) =>
  fetch(`${app.url}/v1/claims/${id}/documents/${uploadId}`, { headers: app.native(index) });

describe('a document', () => {
  it('comes back as it was, to be saved and not to be shown', async () => {
    const stored = await store(3 * 1_024 * 1_024 + 17);
    const answer = await download(stored);
    assert.ok(Buffer.from(await answer.arrayBuffer()).equals(stored.content));
    assert.equal(answer.headers.get('content-type'), 'application/pdf');
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; /);
    assert.match(answer.headers.get('content-security-policy') ?? '', /sandbox/);
  });

  it('stands in the store encrypted', async () => {
    const { uploadId } = await store(1_000);
    const [row] = await database().query<{ ciphertext: Buffer }>(
      'select ciphertext from upload_pieces where upload_id = $1',
      [uploadId],
    );
    assert.ok(!row?.ciphertext.includes('%PDF-'));
  });

  it('does not open when any bit of it, of its key, nonce or tag is another', async () => {
    const stored = await store(64);
    const flips: readonly (readonly [table: string, column: string, id: string, bytes: number])[] = [
      ['upload_pieces', 'ciphertext', 'upload_id', 64],
      ['uploads', 'nonce', 'id', 12],
      ['uploads', 'tag', 'id', 16],
    ];
    for (const [table, column, key, bytes] of flips)
      for (let bit = 0; bit < bytes * 8; bit += 1) {
        const flip = `update ${table} set ${column} = set_bit(${column}, $2, 1 - get_bit(${column}, $2)) where ${key} = $1`;
        await database().query(flip, [stored.uploadId, bit]);
        await assert.rejects(open(stored), `${column} bit ${bit}`);
        await database().query(flip, [stored.uploadId, bit]);
      }
    assert.ok((await open(stored)).content.equals(stored.content));
    await database().query(
      'update uploads set key_sealed = overlay(key_sealed placing $2 from 20) where id = $1',
      [stored.uploadId, 'AAAA'],
    );
    await assert.rejects(open(stored));
  });

  it('does not open in another’s place, as another type, or for another claim, key and all', async () => {
    const [one, two] = [await store(100), await store(100)];
    await swap(one, two);
    for (const stored of [one, two]) await assert.rejects(open(stored));
    await swap(one, two);
    for (const stored of [one, two]) assert.ok((await open(stored)).content.equals(stored.content));
    await database().query(`update uploads set kind = 'invoice' where id = $1`, [one.uploadId]);
    await assert.rejects(open(one));
    await database().query('update uploads set claim_id = $2 where id = $1', [two.uploadId, one.claimId]);
    await assert.rejects(open({ ...two, claimId: one.claimId }));
  });

  it('is not found by another tenant, nor under another payment', async () => {
    const [one, two] = [await store(100), await store(100)];
    for (const answer of [await download(one, 1), await download({ ...one, id: two.id })])
      assert.equal(answer.status, 404);
    assert.equal((await shop.upload(`/payments/${one.id}/document/RECIPE`, '%PDF-')).status, 400);
  });

  it('is refused when it is too large, empty, or no PDF, and the tenant’s room stays what it was', async () => {
    const { id } = await shop.create();
    const total = () => database().query('select bytes from upload_totals order by tenant_id');
    const before = await total();
    const refused: readonly (readonly [status: number, content: Buffer])[] = [
      [413, pdfOf(10 * 1_024 * 1_024 + 1)],
      [400, Buffer.alloc(0)],
      [415, Buffer.from('GIF89a')],
      [415, Buffer.from('%PD')],
    ];
    for (const [status, content] of refused)
      assert.equal((await shop.upload(`/payments/${id}/document`, content)).status, status);
    assert.equal(
      (await shop.upload(`/payments/${id}/invoice`, '%PDF-', { 'content-type': 'text/plain' })).status,
      415,
    );
    assert.deepEqual(await total(), before);
    assert.equal((await shop.upload(`/payments/${id}/document`, pdfOf(10 * 1_024 * 1_024))).status, 201);
  });

  it('is refused when the payment has twenty already, or the tenant no room, and another tenant has its own', async () => {
    const { id } = await shop.create();
    const upload = (client = shop, to = id) => client.upload(`/payments/${to}/document`, pdfOf(100));
    for (let kept = 0; kept < 20; kept += 1) assert.equal((await upload()).status, 201);
    assert.equal((await upload()).status, 409);
    const next = await shop.create();
    const fill = 'update upload_totals set bytes = bytes + $1 where tenant_id = $2';
    const tenantId = app.tenants[0]?.tenant.id;
    await database().query(fill, [tenGib - 100n * 20n, tenantId]);
    const refused = await upload(shop, next.id);
    assert.deepEqual([refused.status, refused.body.message], [409, 'There is no room left for documents.']);
    const other = hihealthClient(app, 1);
    assert.equal((await upload(other, (await other.create()).id)).status, 201);
    await database().query(fill, [100n * 20n - tenGib, tenantId]);
    assert.equal((await upload(shop, next.id)).status, 201);
  });

  it('is kept once under one key, and another document under the same key is told apart', async () => {
    const { id } = await shop.create();
    const content = pdfOf(500);
    const key = { 'idempotency-key': `document-${id}` };
    const first = await shop.upload(`/payments/${id}/document`, content, key);
    const second = await shop.upload(`/payments/${id}/document`, content, key);
    assert.deepEqual(
      [first.status, second.status, second.headers.get('idempotent-replayed')],
      [201, 201, 'true'],
    );
    assert.equal((await shop.upload(`/payments/${id}/document`, pdfOf(500), key)).status, 422);
    const { body } = await sendJson(`${app.url}/v1/claims/${id}`, 'GET', app.native());
    assert.equal(body.documents.length, 1);
  });
});

describe('an invoice', () => {
  it('settles nothing where the operator decides, who settles nothing without one, nor twice', async () => {
    const decide = async (settlement: string) => {
      const changed = await sendJson(`${app.url}/v1/tenant`, 'PATCH', app.native(), { settlement });
      assert.deepEqual([changed.status, changed.body.settlement], [200, settlement]);
    };
    await decide('operator');
    const { id, token } = await shop.create();
    const payer = shop.visit(token);
    await payer.claim();
    await payer.pay();
    const settle = () => sendJson(`${app.url}/v1/claims/${id}/settle`, 'POST', app.native());
    assert.equal((await settle()).status, 409);
    assert.equal((await shop.upload(`/payments/${id}/invoice`, pdfOf(100))).body.status, 'PENDING');
    const settled = await settle();
    assert.deepEqual([settled.status, settled.body.status], [200, 'settled']);
    assert.equal((await settle()).status, 409);
    assert.equal(await shop.statusOf(id), 'SETTLED');
    await decide('invoice');
  });
});

/** Exchanges all that is stored of two documents but their ids and whose they are. */
async function swap(one: Stored, two: Stored): Promise<void> {
  const ids = [one.uploadId, two.uploadId];
  await database().query(
    `update uploads u set key_sealed = o.key_sealed, nonce = o.nonce, tag = o.tag from uploads o
     where u.id = any($1::uuid[]) and o.id = any($1::uuid[]) and o.id <> u.id`,
    [ids],
  );
  await database().query(
    `update upload_pieces u set ciphertext = o.ciphertext from upload_pieces o
     where u.upload_id = any($1::uuid[]) and o.upload_id = any($1::uuid[]) and o.upload_id <> u.upload_id`,
    [ids],
  );
}
