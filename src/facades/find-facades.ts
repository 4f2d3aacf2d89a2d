import { readdir } from 'node:fs/promises';
import type { StoredEvent } from '#core/events/event.ts';
import type { Facade } from '../http/facade.ts';

interface FacadeModule {
  readonly facade?: Facade;
  readonly renderCallback?: (event: StoredEvent) => string;
}

/** Every façade there is, found by listing this folder: adding one is adding a folder. */
export async function findFacades(): Promise<{
  facades: readonly Facade[];
  /** Tells an event in the words of the façade it came in by. */
  renderCallback: (dialect: string, event: StoredEvent) => string;
}> {
  const entries = await readdir(new URL('.', import.meta.url), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const modules = await Promise.all(
    folders.map(async (name) => (await import(`./${name}/index.ts`)) as FacadeModule),
  );
  const dialects = new Map(
    modules.flatMap(({ facade, renderCallback }) =>
      facade === undefined || renderCallback === undefined ? [] : [[facade.name, renderCallback] as const],
    ),
  );
  return {
    facades: modules.flatMap(({ facade }) => facade ?? []),
    renderCallback: (dialect, event) => {
      const render = dialects.get(dialect);
      if (render === undefined) throw new Error(`no façade speaks ${dialect}`);
      return render(event);
    },
  };
}
