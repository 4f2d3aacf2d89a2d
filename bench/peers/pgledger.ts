import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import type { Bench, Contestant } from '../contestant.ts';
import { drive } from '../load.ts';
import { ledgerConnections, pairOf } from '../post-on.ts';

const commit = 'c18c7d267d46ab396641d5e44f1ce3166aeb9a6d';
const published = `https://raw.githubusercontent.com/pgr0ss/pgledger/${commit}`;

/** The files it consists of, in the order its own instructions give, with their SHA-256. */
const files = {
  'vendor/scoville-pgsql-ulid/ulid-to-uuid.sql':
    '6a4e559c956d1548ad6ab0c4d99755bf5e870a781ae15e0ff178f5d66f8deb90',
  'vendor/scoville-pgsql-ulid/uuid-to-ulid.sql':
    '507cc0cf4890fc51f2dd900b52e5f5eefb38f6c5150cdb9a32a886c3817ad04e',
  'pgledger.sql': 'fc41721e718630c5d98e39788045c4e75cba5db922ef6bf00c63973933960720',
} as const;

/**
 * pgledger's transfers on a database of its own in the product's cluster: from a copy of its repository where a folder is
 * named, otherwise as it is published. Either has to be, byte for byte, the commit that is measured.
 */
export async function pgledger(
  { onEnd }: Bench,
  directory: string | undefined,
  databaseUrl: string,
): Promise<readonly Contestant[]> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: ledgerConnections });
  onEnd(() => pool.end());
  for (const [path, digest] of Object.entries(files)) await pool.query(await read(directory, path, digest));
  return [transfersOn(pool, 10), transfersOn(pool, 50)];
}

async function read(directory: string | undefined, path: string, digest: string): Promise<string> {
  const text = directory === undefined ? await download(path) : await readFile(join(directory, path), 'utf8');
  if (createHash('sha256').update(text).digest('hex') !== digest)
    throw new Error(`pgledger's ${path} is not that of commit ${commit}`);
  return text;
}

async function download(path: string): Promise<string> {
  const answer = await fetch(`${published}/${path}`).catch((cause: unknown) => {
    throw new Error(`${published}/${path} cannot be reached; name a copy: --pgledger=FOLDER`, { cause });
  });
  if (!answer.ok) throw new Error(`${published}/${path} answered ${answer.status}`);
  return answer.text();
}

/** One transfer in a transaction of its own, between the same pairs as our postings. */
function transfersOn(pool: pg.Pool, accounts: number): Contestant {
  return {
    name: `pgledger, ${accounts} accounts`,
    about: `transfers a second between ${accounts} accounts`,
    prepare: async () => {
      const made = await pool.query<{ id: string }>(
        `select (pgledger_create_account('bench ' || number, 'SEK')).id from generate_series(1, $1::int) number`,
        [accounts],
      );
      const ids = made.rows.map(({ id }) => id);
      let number = 0;
      return drive(async () => {
        number += 1;
        const [debit, credit] = pairOf(number, accounts);
        await pool.query({
          name: 'transfer',
          text: 'select id from pgledger_create_transfer($1, $2, $3)',
          values: [ids[credit], ids[debit], 100],
        });
      });
    },
  };
}
