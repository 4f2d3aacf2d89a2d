import type { Core } from '../core.ts';
import { type Application, selectApplication } from './store.ts';

/** The application of this id, while its credential is good. */
export async function findApplication(
  core: Pick<Core, 'database' | 'clock'>,
  facade: string,
  clientId: string,
): Promise<Application | undefined> {
  return selectApplication(core.database, facade, clientId, core.clock.now());
}
