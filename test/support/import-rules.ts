/** The import table of ARCHITECTURE.md, and what breaks it. */
import { basename } from 'node:path/posix';
import { importsOf, resolveImport, type SourceFile } from './source-tree.ts';

/** Which folders each folder may import, besides itself. */
export type ImportTable = ReadonlyMap<string, ReadonlySet<string>>;

/** Folders whose subfolders must stay strangers to each other and to everyone else: adding one is adding a folder. */
const pluggable = new Set(['facades', 'connectors', 'rails', 'messaging']);

/** Packages that only one folder may know. */
const keptPackages: Readonly<Record<string, string>> = {
  pg: 'db',
  '@electric-sql/pglite': 'db',
  'pg-boss': 'jobs',
};

/** Reads the one markdown table with the columns «folder» and «may import». */
export function readImportTable(markdown: string): ImportTable {
  const [, body] = markdown.split(/^\| folder \| may import \|\n\|[-| ]+\|\n/m);
  if (body === undefined) throw new Error('no table with the columns «folder» and «may import»');
  const rows = body.split('\n').slice(
    0,
    body.split('\n').findIndex((line) => !line.startsWith('|')),
  );
  return new Map(
    rows.flatMap((row) => {
      const [, folders = '', allowed = ''] = row.split('|');
      return backticked(folders).map((folder): [string, Set<string>] => [
        folder,
        new Set(backticked(allowed)),
      ]);
    }),
  );
}

/** Every import that the table or the rules beside it forbid, as `path:line why`. */
export function importFaults(
  files: readonly SourceFile[],
  table: ImportTable,
  aliases: Readonly<Record<string, string>>,
): string[] {
  return files.filter((file) => !isFree(file.path)).flatMap((file) => faultsOf(file, table, aliases));
}

function faultsOf(file: SourceFile, table: ImportTable, aliases: Readonly<Record<string, string>>): string[] {
  const folder = folderOf(file.path);
  if (!table.has(folder)) return [`${file.path}:1 the folder ${folder} has no row in the import table`];
  return importsOf(file).flatMap(({ specifier, line }) => {
    const target = resolveImport(file.path, specifier, aliases);
    const why = target === undefined ? packageFault(folder, specifier) : pathFault(file.path, target, table);
    return why === undefined ? [] : [`${file.path}:${line} ${why}`];
  });
}

function packageFault(folder: string, specifier: string): string | undefined {
  const name = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  const keeper = Object.hasOwn(keptPackages, name) ? keptPackages[name] : undefined;
  return keeper === undefined || keeper === folder ? undefined : `only ${keeper} may import ${name}`;
}

function pathFault(from: string, target: string, table: ImportTable): string | undefined {
  const [own, other] = [folderOf(from), folderOf(target)];
  if (own !== other && table.get(own)?.has(other) !== true)
    return `${own} may not import ${other} (${target})`;
  if (pluggable.has(other) && hasMember(target) && memberOf(target) !== memberOf(from))
    return `nothing outside ${memberOf(target)} may name it`;
  if (other === 'core' && basename(target) === 'store.ts' && memberOf(target) !== memberOf(from))
    return `${target} belongs to its noun: call one of its operations`;
  return undefined;
}

/** Tests, benches, examples, the demo and the composition root (the files directly in `src/`) may import anything. */
function isFree(path: string): boolean {
  return (
    /^(test|bench|examples)\//.test(path) || path.endsWith('.test.ts') || /^src\/(demo\/.+|[^/]+)$/.test(path)
  );
}

/** `db` for `src/db/migrate.ts`, `web` for `web/checkout/page.ts`, `src` for the composition root. */
function folderOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'src' && second !== '' && path.split('/').length > 2 ? second : top;
}

/** `src/facades/ping` for every file inside it, `src/facades` for the files directly in `src/facades`. */
function memberOf(path: string): string {
  const parts = path.split('/');
  return parts.slice(0, Math.min(3, parts.length - 1)).join('/');
}

function hasMember(path: string): boolean {
  return path.split('/').length > 3;
}

function backticked(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
}
