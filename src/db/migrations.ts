import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Migration {
  readonly number: number;
  /** The file's name, such as `0003_payments.sql`. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text, hex; line ends do not count, since a checkout may change them. */
  readonly hash: string;
}

const fileName = /^(\d{4})_[a-z0-9_]+\.sql$/;

/** Reads the migrations of a directory in order. Throws unless they are numbered 1, 2, 3 … without gaps. */
export async function readMigrations(directory: URL | string): Promise<Migration[]> {
  const path = typeof directory === 'string' ? directory : fileURLToPath(directory);
  const names = (await readdir(path)).filter((name) => name.endsWith('.sql')).sort();
  return Promise.all(
    names.map(async (name, index) => {
      const number = Number(fileName.exec(name)?.[1]);
      if (number !== index + 1) {
        throw new Error(`Migration ${name} is out of order: files are named 0001_word.sql, without gaps.`);
      }
      const sql = (await readFile(join(path, name), 'utf8')).replaceAll('\r\n', '\n');
      return { number, name, sql, hash: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
