/** Post-transactions without anybody having asked for them, for lists that are long. */
import type { Queryable } from '#db/database.ts';

/** Rows written by one statement: few enough for the embedded store's memory. */
const batch = 50_000;

/** Makes post-transactions like one that stands, each with a link of its own, a second apart. */
export async function copyPostransactions(database: Queryable, like: number, copies: number): Promise<void> {
  for (let first = 1; first <= copies; first += batch)
    await database.query(
      `with twin as materialized (
         select p.tenant_id, p.link_id as like_id, gen_random_uuid() as link_id, n, p.department_id, p.creator_id, p.client_id,
           p.prepayment, p.created_at + n * interval '1 second' as at
         from postransactions p, generate_series($2::int, $3::int) n where p.id = $1),
       linked as (
         insert into links (tenant_id, id, token, order_id, customer_id, origin, status, currency, amount, items, methods,
           particulars, expires_at, created_at)
         select t.tenant_id, t.link_id, 'twin-' || t.link_id, l.order_id, l.customer_id, l.origin, l.status, l.currency, l.amount,
           l.items, l.methods, l.particulars, l.expires_at, t.at
         from twin t join links l on l.tenant_id = t.tenant_id and l.id = t.like_id)
       insert into postransactions (tenant_id, link_id, external_id, department_id, creator_id, client_id, prepayment,
         created_at, modified_at)
       select tenant_id, link_id, gen_random_uuid(), department_id, creator_id, client_id, prepayment, at, at from twin order by n`,
      [like, first, Math.min(first + batch - 1, copies)],
    );
  await database.query('vacuum analyze postransactions');
  await database.query('vacuum analyze links');
}
