/** The end of every run: figures of books that do not hold are none. */
import { runAudit } from '../src/core/audit/run-audit.ts';
import { openDatabase } from '../src/db/open-database.ts';
import { wallClock } from '../src/kit/clock.ts';
import { readSimulatorBook } from '../src/tasks/read-simulator-book.ts';
import type { Bench } from './contestant.ts';

/** For one invariant over millions of rows; the product ends a statement long before. */
const statementMs = 3_600_000;

const bookTimeoutMs = 60_000;

interface Check {
  readonly id: string;
  readonly ok: boolean;
}

/** The invariants that do not hold, of everybody's books; on the embedded store, which only the product can read, the tenant's. */
export async function auditBooks(bench: Bench): Promise<string[]> {
  const checks = await (bench.databaseUrl === undefined ? ask(bench) : run(bench, bench.databaseUrl));
  return checks.filter(({ ok }) => !ok).map(({ id }) => id);
}

async function run({ simulatorUrl }: Bench, url: string): Promise<readonly Check[]> {
  const database = await openDatabase({ url, limits: { connections: 1, statementMs } });
  const readBook = () => readSimulatorBook(simulatorUrl, bookTimeoutMs);
  const audited = runAudit({ database, clock: wallClock, processors: { readBook } });
  return (await audited.finally(() => database.close())).checks;
}

async function ask({ urls, tenant }: Bench): Promise<readonly Check[]> {
  const response = await fetch(`${urls[0]}/v1/audit`, { headers: { ...tenant.native?.headers } });
  return ((await response.json()) as { checks: readonly Check[] }).checks;
}

/** Says what the audit found; answers the exit code of the run. */
export function concludeAudit(red: readonly string[]): 0 | 1 {
  console.log(red.length === 0 ? 'the audit of the books is green' : `AUDIT RED: ${red.join(', ')}`);
  return red.length === 0 ? 0 : 1;
}
