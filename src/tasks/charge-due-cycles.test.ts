/** Plans that are due at one instant, and several schedulers that charge them: each cycle is billed once. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { claimDueCycles } from '#core/subscriptions/claim-due-cycles.ts';
import type { TenantId } from '#kit/ids.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { countBilled, makeDue as makePlansDue } from '#test/support/due-plans.ts';
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

const makeDue = (plans: number): Promise<string[]> =>
  makePlansDue(app.app.core.database, like, { plans, at: app.app.core.clock.now() });

const billed = (ids: readonly string[]): Promise<number[]> =>
  countBilled(app.app.core.database, app.simulatorUrl, ids);

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
