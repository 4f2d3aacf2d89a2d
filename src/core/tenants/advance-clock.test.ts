import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { later } from '#kit/clock.ts';
import type { TenantId } from '#kit/ids.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { pingClient } from '#test/support/ping-client.ts';
import type { Core } from '../core.ts';
import { advanceClock, readClock } from './advance-clock.ts';
import { readTenant } from './read-tenant.ts';

const minuteMs = 60_000;

let app: TestApp;
before(async () => {
  app = await startTestApp();
});
after(() => app.stop());

/** The core, with work that takes two minutes of the tenant's time once; `look` is called each time when all is done. */
function busyCore(core: Core, tenantId: TenantId, look: () => Promise<{ isBusy: boolean }>): Core {
  const drain = async () => {
    await core.work.drain(tenantId);
    if (!(await look()).isBusy) return;
    await core.database.query('update tenants set clock_offset_ms = clock_offset_ms + $2 where id = $1', [
      tenantId,
      2 * minuteMs,
    ]);
  };
  return { ...core, work: { ...core.work, drain } };
}

it('what falls due while other work is done has its turn before the clock goes further', async () => {
  const { core } = app.app;
  const ping = pingClient(app);
  const tenant = await readTenant(core, app.tenants[0]?.tenant.id as TenantId);
  const start = await readClock(core, tenant);
  for (const minutes of [60, 61]) {
    const { id } = await ping.createLink();
    await core.database.query('update links set expires_at = $3 where tenant_id = $1 and id = $2', [
      tenant.id,
      id,
      later(start, minutes * minuteMs),
    ]);
  }
  /** What the clock showed when so many links were first seen to have expired. */
  const seenAt: Date[] = [];
  const busy = busyCore(core, tenant.id, async () => {
    const expired = await core.database.query(
      "select 1 from links where tenant_id = $1 and status = 'expired'",
      [tenant.id],
    );
    const isNews = expired.length > seenAt.length;
    if (isNews) seenAt.push(await readClock(core, tenant));
    return { isBusy: isNews && seenAt.length === 1 };
  });
  await advanceClock(busy, { tenant, origin: 'native' }, { by: 'PT4H' });
  const minutesLater = seenAt.map((at) => Math.floor((at.getTime() - start.getTime()) / minuteMs));
  assert.deepEqual(minutesLater, [60, 62]);
});
