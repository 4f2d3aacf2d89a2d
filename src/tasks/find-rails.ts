import { readdir } from 'node:fs/promises';
import type { Rail, RailName } from '#kit/rail.ts';

const folder = new URL('../rails/', import.meta.url);

/** Every rail there is, found by listing the folder. */
export async function findRails(): Promise<ReadonlyMap<RailName, Rail>> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  const modules = await Promise.all(
    names.map(async (name) => (await import(new URL(`${name}/index.ts`, folder).href)) as { rail: Rail }),
  );
  return new Map(modules.map(({ rail }) => [rail.name, rail]));
}
