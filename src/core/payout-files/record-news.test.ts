import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { RailNews } from '#kit/rail.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { checkOrder, type OptumClient, optumClient } from '#test/support/optum-client.ts';
import type { Json } from '#test/support/ping-client.ts';
import { assertAuditGreen } from '#test/support/reconcile.ts';
import type { FilingDue } from './file.ts';
import { recordNews } from './record-news.ts';

let app: TestApp;
let optum: OptumClient;
before(async () => {
  app = await startTestApp();
  optum = optumClient(app);
});
after(() => app.stop());

/** Beyond all that the simulated bank will say by itself. */
let said = 1_000_000n;

const piece = (instrument: string, news: Partial<RailNews>): RailNews => {
  said += 1n;
  return { sequence: said, instrument, kind: 'cleared', amount: null, code: null, detail: {}, ...news };
};

/** A check of 100 dollars that its bank knows of, and the account it is drawn on. */
async function sendCheck(): Promise<{ paymentId: string; number: string; due: FilingDue }> {
  const paymentId = await optum.pay(checkOrder());
  let details: Json;
  for (let look = 0; look < 50 && details?.status !== 'Sent'; look += 1) {
    await optum.settle();
    details = await optum.details(paymentId);
  }
  assert.equal(details.status, 'Sent');
  const [due] = await app.app.core.database.query<FilingDue>(
    `select tenant_id as "tenantId", account_id as "accountId", rail from payout_attempts where instrument = $1 and rail = 'check'`,
    [details.delivery.checkNumber],
  );
  assert.ok(due);
  return { paymentId, number: details.delivery.checkNumber, due };
}

describe('what a bank says', () => {
  it('of one instrument at once is taken piece by piece, each by what the one before has left', async () => {
    const { paymentId, number, due } = await sendCheck();
    const news = [
      piece(number, { amount: 4_000n }),
      piece(number, { amount: 6_000n }),
      piece(number, { amount: 1n }),
      piece(number, { kind: 'returned', code: 'NSF' }),
    ];
    assert.equal(await recordNews(app.app.core, due, news), 4);
    const details = await optum.details(paymentId);
    assert.equal(details.status, 'Completed');
    assert.equal(details.returned.code, 'NSF');
    assert.deepEqual(details.balance, { amount: 10_000, cleared: 0, voided: 0, available: 10_000 });
    assert.equal(await recordNews(app.app.core, due, news), 0, 'what is told again is not new');
    assert.deepEqual((await optum.details(paymentId)).balance, details.balance);
    const applied = await app.app.core.database.query<{ applied: boolean }>(
      'select applied from payout_news where instrument = $1 order by sequence',
      [number],
    );
    const late = [true, true, false, true];
    assert.deepEqual(
      applied.map((one) => one.applied),
      late,
      'a cent too much is kept as late',
    );
    await assertAuditGreen(app.app.core.database);
  });

  it('is written down up to what cannot be, and asked for again from there', async () => {
    const { paymentId, number, due } = await sendCheck();
    const unheardOf = piece(number, { kind: 'melted' as RailNews['kind'] });
    const news = [piece(number, { amount: 4_000n }), unheardOf, piece(number, { amount: 6_000n })];
    await assert.rejects(recordNews(app.app.core, due, news));
    const { balance } = await optum.details(paymentId);
    assert.deepEqual(balance, { amount: 10_000, cleared: 4_000, voided: 0, available: 6_000 });
    const mended = news.map((one) => (one === unheardOf ? { ...one, kind: 'corrected' as const } : one));
    assert.equal(await recordNews(app.app.core, due, mended), 2);
    assert.equal((await optum.details(paymentId)).status, 'Completed');
  });
});
