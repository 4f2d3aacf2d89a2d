import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench } from '../contestant.ts';

const run = promisify(execFile);

const version = '2.21.2';

/** The module, and the framework it is loaded by. */
const dependencies = { '@medusajs/payment': version, '@medusajs/framework': version };

/** Peers it only needs with the rest of Medusa stay out; no package runs anything while it is installed. */
const parameters = ['--ignore-scripts', '--legacy-peer-deps', '--omit=dev', '--no-audit', '--no-fund'];

/** Installs Medusa's payment module into a temporary folder, which goes when the bench ends. About half a gigabyte. */
export async function installMedusa({ onEnd }: Bench): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'quittance-medusa-'));
  onEnd(() => rm(directory, { recursive: true, force: true }));
  await writeFile(join(directory, 'package.json'), JSON.stringify({ private: true, dependencies }));
  await run('npm', ['install', ...parameters], { cwd: directory });
  return directory;
}
