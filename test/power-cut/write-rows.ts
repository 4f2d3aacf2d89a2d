/**
 * A process that opens the store in a directory and writes pairs of rows, printing `ready`, then the id of each pair
 * once it is acknowledged: `write-rows.ts <directory> <first id> <last id>`. IGNORE_CRASH takes crash-only away;
 * SLOW_QUERY runs a statement that never ends.
 */
import { writeSync } from 'node:fs';
import { openDatabase } from '#db/open-database.ts';
import { tables, wordOf } from './rows.ts';

const [directory, first, last] = process.argv.slice(2);
const print = (line: string) => writeSync(1, `${line}\n`);
const complain = (fields: object, message: string) => writeSync(2, `${message} ${JSON.stringify(fields)}\n`);

const database = await openDatabase({
  directory,
  limits: { statementMs: 2_000 },
  log: { info: complain, warn: complain, error: complain },
  ...(process.env.IGNORE_CRASH && { crash: (reason: string) => complain({ reason }, 'Ignored:') }),
}).catch((error: Error) => {
  complain({}, error.message);
  process.exit(1);
});

await database.execute(tables);
print('ready');
for (let id = Number(first); id <= Number(last); id += 1) {
  await database
    .transaction(async (transaction) => {
      await transaction.query('insert into debits values ($1, $2)', [id, wordOf(id)]);
      await transaction.query('insert into credits values ($1, $2)', [id, wordOf(id)]);
    })
    .then(
      () => print(String(id)),
      (error: Error) => complain({ id }, error.message),
    );
}
if (process.env.SLOW_QUERY) {
  setInterval(() => print('tick'), 100);
  await database.query('select count(*) from generate_series(1, 1e15)');
}
await database.close();
