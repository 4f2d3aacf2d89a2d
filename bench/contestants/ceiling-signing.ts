/** The ceiling of signed payment tokens: P-521 signatures on the thread pool, and nothing else. A process of its own. */
import { execFile } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Contestant, Measured } from '../contestant.ts';
import { drive } from '../load.ts';

const run = promisify(execFile);

/** As long as a token's header and claims are. */
const text = Buffer.alloc(600, 'a');

export const contestant: Contestant = {
  name: 'ceiling: signing',
  about: 'P-521 signatures (ES512), off the event loop',
  counts: 'signatures',
  prepare:
    async () =>
    async ({ connections, seconds }) => {
      const parameters = [fileURLToPath(import.meta.url), String(connections), String(seconds)];
      const { stdout } = await run(process.execPath, parameters);
      return JSON.parse(stdout) as Measured;
    },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [connections, seconds] = process.argv.slice(2).map(Number);
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-521' });
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' as const };
  const signOne = () =>
    new Promise<void>((resolve, reject) =>
      sign('sha512', text, key, (error) => (error === null ? resolve() : reject(error))),
    );
  const measured = await drive(signOne)({ connections: connections ?? 1, seconds: seconds ?? 1 });
  console.log(JSON.stringify(measured));
}
