import type { AuditReport } from '#core/audit/run-audit.ts';
import type { Clock } from '#kit/clock.ts';

/** How often the books are checked in the running product, as long as that takes no time to speak of. */
const everyMs = 60_000;

/** What a check costs grows with the books: it is given a twentieth of the time, and what moves money the rest. */
const restPerWork = 19;

/** What of logging and metrics the audit uses. */
export interface AuditMeans {
  readonly audit: () => Promise<AuditReport>;
  readonly clock: Clock;
  /** A clock that nobody sets: how long a run takes. */
  readonly elapsedMs: () => number;
  readonly metrics: {
    readonly auditFailures: { set(labels: { check: string }, rows: number): void };
    readonly auditedAt: { set(seconds: number): void };
    readonly nextAuditAt: { set(seconds: number): void };
  };
  readonly log: { error(fields: object, message: string): void; info(fields: object, message: string): void };
}

export interface AuditTask {
  stop(): Promise<void>;
}

/**
 * Runs the invariants every minute, or after nineteen times as long as the last run took; rows that break one are a metric
 * and a line in the log.
 */
export function startAudits(means: AuditMeans): AuditTask {
  let running: Promise<void> | undefined;
  let timer = setTimeout(run, everyMs).unref();
  let stopped = false;
  function run(): void {
    const startedMs = means.elapsedMs();
    running = audit(means).then(() => {
      const restMs = Math.max(everyMs, restPerWork * (means.elapsedMs() - startedMs));
      means.metrics.nextAuditAt.set((means.clock.now().getTime() + restMs) / 1_000);
      if (!stopped) timer = setTimeout(run, restMs).unref();
    });
  }
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
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
