/**
 * Runs a command with TEST_DATABASE_URL pointing at a private PostgreSQL, and ends with the command's exit code:
 * `node test/support/with-postgres.ts npm test`. Without a command it prints the URL and runs until interrupted.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { startPostgres } from './postgres-cluster.ts';

const cluster = await startPostgres();
const [command, ...parameters] = process.argv.slice(2);
const stopRequested = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
try {
  if (command === undefined) {
    console.log(cluster.url);
    await stopRequested;
  } else {
    const environment = { ...process.env, TEST_DATABASE_URL: cluster.url };
    const child = spawn(command, parameters, { stdio: 'inherit', env: environment });
    const [code] = await once(child, 'exit');
    process.exitCode = code ?? 1;
  }
} finally {
  await cluster.stop();
}
