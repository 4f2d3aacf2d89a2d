/**
 * What PostgreSQL has processes of its own for. The embedded engine is one session and has none of them: it never makes
 * a checkpoint before it is closed, so that its log grows for ever and is replayed whole after a crash; and it never
 * vacuums, so that dead rows stay, transaction ids run out some day, and the planner knows nothing of any table.
 */
import type { Database } from '../database.ts';

type Store = Pick<Database, 'query' | 'execute'>;

/** What is left to be. */
export interface Patience {
  /** The log that a crash would have replayed. What is written between two looks comes on top. */
  readonly logBytes: number;
  /** Transactions since the oldest that a table remembers: there are two thousand million ids, and no more. */
  readonly transactions: number;
}

/** The second is PostgreSQL's own. */
const usualPatience: Patience = { logBytes: 64 * 1024 * 1024, transactions: 200_000_000 };

/** As often as PostgreSQL's autovacuum looks. */
const usualEveryMs = 60_000;

export interface Upkeep {
  /** Stops looking, and waits for what is under way. */
  stop(): Promise<void>;
}

/** Looks after the store every minute. What goes wrong is told, and tried again at the next look. */
export function startUpkeep(store: Store, onError: (error: unknown) => void): Upkeep {
  let running: Promise<void> | undefined;
  const look = () => {
    running ??= keepUp(store)
      .catch(onError)
      .finally(() => {
        running = undefined;
      });
  };
  const timer = setInterval(look, usualEveryMs);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}

/**
 * Vacuums and analyses what PostgreSQL's autovacuum would, one table after another so that others come in between, and
 * makes a checkpoint where the log has become long.
 */
export async function keepUp(
  store: Store,
  { logBytes, transactions }: Patience = usualPatience,
): Promise<void> {
  for (const { name, old, dead, changed } of await selectNeglected(store, transactions)) {
    // Files are not made shorter: what is free in them is used again, and a power cut finds nothing half done.
    if (old || dead) await store.execute(`vacuum (freeze ${old}, analyze ${changed}, truncate off) ${name}`);
    else await store.execute(`analyze ${name}`);
  }
  if (await isLogLonger(store, logBytes)) await store.execute('checkpoint');
}

interface Neglected {
  readonly name: string;
  /** It remembers transactions whose ids will be needed again. */
  readonly old: boolean;
  /** Many of its rows are dead, or new and never looked at. */
  readonly dead: boolean;
  /** The planner's statistics are of other rows. */
  readonly changed: boolean;
}

/** By the engine's own settings, and the formulas of PostgreSQL's manual ("The Autovacuum Daemon"). */
async function selectNeglected(store: Store, transactions: number): Promise<Neglected[]> {
  return store.query<Neglected>(
    `select format('%I.%I', s.schemaname, s.relname) as name, found.*
     from pg_stat_all_tables s join pg_class c on c.oid = s.relid left join pg_class toast on toast.oid = c.reltoastrelid
     cross join lateral (select greatest(c.reltuples, 0) as rows,
       greatest(age(c.relfrozenxid), age(toast.relfrozenxid)) as age) size
     cross join lateral (select size.age > $1::int as old,
       s.n_dead_tup > ${of('vacuum_threshold')} + ${of('vacuum_scale_factor')} * size.rows
         or s.n_ins_since_vacuum > ${of('vacuum_insert_threshold')} + ${of('vacuum_insert_scale_factor')} * size.rows as dead,
       s.n_mod_since_analyze > ${of('analyze_threshold')} + ${of('analyze_scale_factor')} * size.rows as changed) found
     where c.relkind = 'r' and (found.old or found.dead or found.changed) order by name`,
    [transactions],
  );
}

function of(setting: string): string {
  return `current_setting('autovacuum_${setting}')::float8`;
}

async function isLogLonger(store: Store, bytes: number): Promise<boolean> {
  const [row] = await store.query<{ longer: boolean }>(
    'select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn) > $1::bigint as longer from pg_control_checkpoint()',
    [bytes],
  );
  return row?.longer === true;
}
