/** `npm run schema`: writes schema.sql, the checked-in result of all migrations. */
import { writeFile } from 'node:fs/promises';
import { dumpSchema } from './dump-schema.ts';
import { migrate } from './migrate.ts';
import { openDatabase } from './open-database.ts';

const database = await openDatabase({ memory: true });
await migrate(database);
await writeFile(new URL('./schema.sql', import.meta.url), await dumpSchema(database));
await database.close();
