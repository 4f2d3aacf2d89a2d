/** Plans that are due at one instant, and several schedulers that charge them: each cycle is billed once. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { claimDueCycles } from '#core/subscriptions/claim-due-cycles.ts';
import type { TenantId } from '#kit/ids.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import type { Json } from '#test/support/ping-client.ts';
import { provetClient } from '#test/support/provet-client.ts';
import { assertAuditGreen } from '#test/support/reconcile.ts';
import { wallClock } from '../kit/clock.ts';
import { chargeDueCycles } from './charge-due-cycles.ts';

let skippedMs = 0;
let app: TestApp;
let like: string;
let tenantId: TenantId;
before(async () => {
  app = await startTestApp({ clock: { now: () => new Date(wallClock.now().getTime() + skippedMs) } });
  like = (await provetClient(app).enrol()).Id;
  tenantId = app.tenants[0]?.tenant.id as TenantId;
});
after(() => app.stop());

/** Makes plans like one that was enrolled, without a cycle paid, all due now; answers their ids. */
async function makeDue(plans: number): Promise<string[]> {
  const { database, clock } = app.app.core;
  const rows = await database.query<{ id: string }>(
    `with twin as (
       select s.*, gen_random_uuid() as twin_id, gen_random_uuid() as twin_order from subscriptions s, generate_series(1, $2::int)
       where s.id = $1),
     opened as (
       insert into orders (tenant_id, id, currency, status, created_at)
       select tenant_id, twin_order, currency, 'open', created_at from twin),
     made as (
       insert into subscriptions (tenant_id, id, customer_id, order_id, card_id, token, origin, status, description, every,
         interval_count, currency, amount, auto_renew, zone, anchor_at, due_at, created_at)
       select tenant_id, twin_id, customer_id, twin_order, card_id, 'twin-' || twin_id, origin, 'active', description, every,
         interval_count, currency, amount, auto_renew, zone, $3::timestamptz, $3::timestamptz, created_at from twin
       returning tenant_id, id, created_at),
     told as (
       insert into subscription_transitions (tenant_id, subscription_id, version, to_status, reason, at)
       select tenant_id, id, 1, 'active', 'made', created_at from made)
     select id from made`,
    [like, plans, clock.now()],
  );
  return rows.map(({ id }) => id);
}

/** How often each plan was billed, by the simulator's own book. */
async function billed(ids: readonly string[]): Promise<number[]> {
  const references = await app.app.core.database.query<{ id: string; reference: string }>(
    `select p.subscription_id as id, o.reference from operations o
     join payments p on p.tenant_id = o.tenant_id and p.id = o.payment_id
     where p.subscription_id = any($1::uuid[]) and o.kind = 'purchase'`,
    [ids],
  );
  const { data } = (await (await fetch(`${app.simulatorUrl}/book`)).json()) as Json;
  const approved = data.filter((row: Json) => row.kind === 'purchase' && row.outcome === 'approved');
  return ids.map((id) => {
    const mine = new Set(references.filter((one) => one.id === id).map(({ reference }) => reference));
    return approved.filter(({ reference }: Json) => mine.has(reference)).length;
  });
}

describe('cycles that are due', () => {
  it('are billed once each, however many schedulers look for them', async () => {
    const ids = await makeDue(60);
    const looks = Array.from({ length: 6 }, async () => {
      while ((await chargeDueCycles(app.app.core, 7)) > 0);
    });
    await Promise.all(looks);
    await app.app.core.work.drain(tenantId);
    assert.deepEqual(
      await billed(ids),
      ids.map(() => 1),
    );
  });

  it('whose scheduler died after it had taken them are billed by another, once', async () => {
    const ids = await makeDue(5);
    const taken = await claimDueCycles(app.app.core, 5, tenantId);
    for (let waits = 0; waits < 3; waits += 1) {
      skippedMs += 60_000;
      await app.app.core.work.drain(tenantId);
    }
    assert.deepEqual(
      await billed(ids),
      ids.map(() => 1),
    );
    // The one that was thought dead wakes up, and does what it was about to.
    for (const { operationId } of taken) await app.app.core.processors.perform(tenantId, operationId);
    assert.deepEqual(
      await billed(ids),
      ids.map(() => 1),
    );
    await assertAuditGreen(app.app.core.database);
  });
});
