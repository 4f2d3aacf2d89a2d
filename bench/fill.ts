/** Rows by the million, straight into the product's database: what years of use leave behind. */
import pg from 'pg';

/** Rows of a table written by one statement: a few seconds' work. */
const defaultChunk = 100_000;

export interface Like {
  /** The row that the others are twins of. */
  readonly id: string;
  readonly rows: number;
  readonly chunk?: number;
}

/** Twins of a link, each with its event. They are older than all links there are, each a millisecond older than the one before. */
export async function fillLinks(databaseUrl: string, like: Like): Promise<void> {
  await fill(databaseUrl, like, {
    models: { links: 'id = $1', events: 'subject_id = $1' },
    twins: [linkTwins, eventTwins],
  });
}

/** Twins of a payment, each with its own order, operations, transitions and events, which have their numbers. */
export async function fillPayments(databaseUrl: string, like: Like): Promise<void> {
  await fill(databaseUrl, like, {
    models: {
      payments: 'id = $1',
      orders: 'id = (select order_id from payments where id = $1)',
      operations: 'payment_id = $1',
      payment_transitions: 'payment_id = $1',
      events: 'subject_id in ($1, (select order_id from payments where id = $1))',
    },
    twins: [orderTwins, paymentTwins, operationTwins, transitionTwins, eventTwins],
  });
}

interface Filling {
  /** By table, the condition for the rows that are copied: they become the temporary table `like_…`. */
  readonly models: Readonly<Record<string, string>>;
  readonly twins: readonly string[];
}

/** On a connection of its own, without the product's time limits, and in one transaction: nobody meets half of the twins. */
async function fill(databaseUrl: string, like: Like, { models, twins }: Filling): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    const tables = Object.keys(models);
    await client.query(quicken);
    await client.query('begin');
    await client.query(`lock table ${tables.join(', ')} in access exclusive mode`);
    for (const [table, condition] of Object.entries(models)) {
      await client.query(`create temporary table like_${table} (like ${table}) on commit drop`);
      await client.query(`insert into like_${table} select * from ${table} where ${condition}`, [like.id]);
    }
    await client.query(keepEnds);
    await client.query(restIndexes, [tables]);
    await writeTwins(client, like, twins);
    for (const table of tables) await client.query(`reindex table ${table}`);
    await client.query('commit');
    await client.query(`vacuum analyze ${tables.join(', ')}`);
    // What is measured next is not to write out what was filled in here.
    await client.query('checkpoint');
  } finally {
    await client.end();
  }
}

async function writeTwins(
  client: pg.Client,
  { rows, chunk = defaultChunk }: Like,
  statements: readonly string[],
): Promise<void> {
  await client.query('create temporary table twins (number int, id uuid, order_id uuid) on commit drop');
  for (let first = 1; first <= rows; first += chunk) {
    await client.query('truncate twins');
    await client.query(nameTwins, [first, Math.min(first + chunk - 1, rows)]);
    for (const statement of statements) await client.query(statement);
  }
}

/**
 * The twins name what their model names: to look up each reference again would only take time. And where the product and
 * this wait for each other, it is the product that notices and tries again.
 */
const quicken = `
  set session_replication_role = replica;
  set deadlock_timeout = '1min';
  set maintenance_work_mem = '512MB';
  set allow_system_table_mods = on`;

/** What the twins stand before or after; read while the indexes are whole. */
const keepEnds = `
  create temporary table ends on commit drop as
  select (select coalesce(max(sequence), 0) from events where tenant_id = e.tenant_id) as last_number,
    (select date_trunc('milliseconds', min(created_at)) from links where tenant_id = e.tenant_id) as oldest_link
  from like_events e limit 1`;

/**
 * Ids are random, so that each row would land somewhere else in every index, and each page so touched be logged whole after
 * every checkpoint. The indexes rest instead, and are built once from all rows: `reindex` wakes them. No other session
 * learns that they rested: until then it waits.
 */
const restIndexes = 'update pg_index set indisready = false where indrelid = any($1::text[]::regclass[])';

const nameTwins =
  'insert into twins select number, gen_random_uuid(), gen_random_uuid() from generate_series($1::int, $2::int) number';

const linkTwins = `
  insert into links (tenant_id, id, token, order_id, customer_id, origin, status, currency, amount, items, methods, particulars,
    expires_at, created_at)
  select l.tenant_id, t.id, 'twin-' || t.id, l.order_id, l.customer_id, l.origin, l.status, l.currency, l.amount, l.items, l.methods,
    l.particulars, l.expires_at, n.oldest_link - t.number * interval '1 millisecond'
  from like_links l, twins t, ends n`;

const orderTwins = `
  insert into orders (tenant_id, id, currency, status, created_at)
  select o.tenant_id, t.order_id, o.currency, o.status, o.created_at - t.number * interval '1 millisecond'
  from like_orders o, twins t`;

const paymentTwins = `
  insert into payments (tenant_id, id, order_id, origin, connector, method, status, currency, amount, particulars, version,
    created_at)
  select p.tenant_id, t.id, t.order_id, p.origin, p.connector, p.method, p.status, p.currency, p.amount, p.particulars, p.version,
    p.created_at - t.number * interval '1 millisecond'
  from like_payments p, twins t`;

const operationTwins = `
  insert into operations (tenant_id, id, payment_id, kind, connector, reference, by_page, currency, amount, parameters, status,
    sends, sent_at, next_inquiry_at, code, message, created_at, resolved_at)
  select o.tenant_id, gen_random_uuid(), t.id, o.kind, o.connector, 'twin-' || t.number, o.by_page, o.currency, o.amount,
    o.parameters, o.status, o.sends, o.sent_at, o.next_inquiry_at, o.code, o.message, o.created_at, o.resolved_at
  from like_operations o, twins t`;

const transitionTwins = `
  insert into payment_transitions (tenant_id, payment_id, version, from_status, to_status, reason, at)
  select h.tenant_id, t.id, h.version, h.from_status, h.to_status, h.reason, h.at
  from like_payment_transitions h, twins t`;

/** Numbered after those there were, twin by twin. */
const eventTwins = `
  insert into events (tenant_id, id, sequence, type, subject_kind, subject_id, subject_version, data, created_at)
  select e.tenant_id, gen_random_uuid(), n.last_number + (t.number - 1) * e.each + e.rank, e.type, e.subject_kind,
    case e.subject_kind when 'order' then t.order_id else t.id end, e.subject_version, e.data, e.created_at
  from twins t, ends n,
    (select *, count(*) over () as each, row_number() over (order by created_at, subject_version) as rank from like_events) e`;
