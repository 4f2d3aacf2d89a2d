import { readdir } from 'node:fs/promises';
import type { Connector } from '#kit/connector.ts';

const folder = new URL('../connectors/', import.meta.url);

/** Every connector there is, found by listing the folder: adding one is adding a folder. */
export async function findConnectors(): Promise<ReadonlyMap<string, Connector>> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const modules = await Promise.all(
    names.map(
      async (name) => (await import(new URL(`${name}/index.ts`, folder).href)) as { connector: Connector },
    ),
  );
  return new Map(modules.map(({ connector }) => [connector.name, connector]));
}
