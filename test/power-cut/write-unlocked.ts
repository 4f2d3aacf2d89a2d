/**
 * A process that opens the engine on a directory that has the tables, without taking the lock, writes pairs of rows and
 * prints the id of each once it is acknowledged: what the lock is there to prevent.
 * `write-unlocked.ts <directory> <first> <last>`.
 */
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { openDurableEngine } from '#db/embedded/durable-engine.ts';
import { wordOf } from './rows.ts';

const [directory = '', first, last] = process.argv.slice(2);
const engine = await openDurableEngine(directory);
writeSync(1, 'open\n');
// Both have the directory open before either writes: that is the case the lock is for.
await once(process, 'SIGUSR2');
for (let id = Number(first); id <= Number(last); id += 1) {
  await engine.query('insert into debits values ($1, $2)', [id, wordOf(id)]);
  await engine.query('insert into credits values ($1, $2)', [id, wordOf(id)]);
  writeSync(1, `${id}\n`);
}
await engine.close();
