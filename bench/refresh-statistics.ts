import pg from 'pg';

/**
 * What PostgreSQL does by itself within a minute, in every database of the cluster. A plan that it made while a table held
 * a few rows stays until then, and reads all of them however many they have become: a database that was empty a minute ago
 * says nothing of any other.
 */
export async function refreshStatistics(databaseUrl: string | undefined): Promise<void> {
  if (databaseUrl === undefined) return;
  const rows = await run(databaseUrl, 'select datname as name from pg_database where datallowconn');
  for (const { name } of rows) {
    const url = new URL(databaseUrl);
    url.pathname = name;
    await run(url.href, 'vacuum analyze');
  }
}

async function run(url: string, sql: string): Promise<{ name: string }[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<{ name: string }>(sql)).rows;
  } finally {
    await client.end();
  }
}
