import type { AuditReport } from '#core/audit/run-audit.ts';
import type { Clock } from '#kit/clock.ts';

/** How often the books are checked in the running product. */
const everyMs = 60_000;

/** What of logging and metrics the audit uses. */
export interface AuditMeans {
  readonly audit: () => Promise<AuditReport>;
  readonly clock: Clock;
  readonly metrics: {
    readonly auditFailures: { set(labels: { check: string }, rows: number): void };
    readonly auditedAt: { set(seconds: number): void };
  };
  readonly log: { error(fields: object, message: string): void; info(fields: object, message: string): void };
}

export interface AuditTask {
  stop(): Promise<void>;
}

/** Runs the invariants every minute; rows that break one are a metric and a line in the log. */
export function startAudits(means: AuditMeans): AuditTask {
  let running: Promise<void> | undefined;
  const timer = setInterval(() => {
    running ??= audit(means).finally(() => {
      running = undefined;
    });
  }, everyMs);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

async function audit({ audit: run, clock, metrics, log }: AuditMeans): Promise<void> {
  try {
    const report = await run();
    for (const check of report.checks) {
      metrics.auditFailures.set({ check: check.id }, check.rows);
      if (!check.ok)
        log.error({ alarm: 'audit', check: check.id, rows: check.rows }, 'an invariant is broken');
    }
    metrics.auditedAt.set(clock.now().getTime() / 1_000);
  } catch (error) {
    log.error({ alarm: 'audit', errorName: (error as Error).name }, 'the audit could not run');
  }
}
