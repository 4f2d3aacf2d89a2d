/** `npm run simulators`: the simulators alone, on `PORT` (4001), with their book in `QUITTANCE_DATA` (`./data`). */
import { startSimulators } from './start.ts';

const simulators = await startSimulators({
  port: Number(process.env.PORT ?? 4001),
  directory: process.env.QUITTANCE_DATA ?? './data',
  log: (line) => console.error(line),
});
console.log(`Simulators at ${simulators.url}, their book at ${simulators.url}/book`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => simulators.close());
}
