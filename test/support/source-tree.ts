/** The project's own source as data: which files there are, what they import, what their code says. */
import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor, type VisitorObject } from 'oxc-parser';

export interface SourceFile {
  /** From the root of the repository, with forward slashes: `src/kit/money.ts`. */
  readonly path: string;
  readonly text: string;
}

export interface Import {
  /** As written: `#kit/money.ts`, `./money.ts`, `fastify`. */
  readonly specifier: string;
  readonly line: number;
}

export const repositoryRoot: string = fileURLToPath(new URL('../..', import.meta.url));

/** The files that match the globs, installed packages left out. */
export function readFiles(globs: readonly string[]): SourceFile[] {
  const exclude = ['**/node_modules/**', 'data/**'];
  return globSync(globs, { cwd: repositoryRoot, exclude })
    .map((path) => path.replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(repositoryRoot, path), 'utf8') }));
}

/** Every module a file names, type-only imports, re-exports and `import('…')` with a literal included. */
export function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  const add = (source: { value: unknown; start: number } | null) => {
    if (source !== null && typeof source.value === 'string')
      found.push({ specifier: source.value, line: lineAt(file.text, source.start) });
  };
  walk(file, {
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source.type === 'Literal' ? node.source : null),
    TSImportType: (node) => add(node.source),
  });
  return found;
}

/** Visits the file's syntax tree. A file that does not parse is an error, never an empty tree. */
export function walk(file: SourceFile, visitor: VisitorObject): void {
  const { program, errors } = parseSync(file.path, file.text);
  const first = errors[0];
  if (first !== undefined) throw new Error(`${file.path} does not parse: ${first.message}`);
  new Visitor(visitor).visit(program);
}

/**
 * The path in the repository that a specifier means, or undefined for a package. `aliases` is the `imports` field of
 * package.json: `#kit/*` to `./src/kit/*`.
 */
export function resolveImport(
  from: string,
  specifier: string,
  aliases: Readonly<Record<string, string>>,
): string | undefined {
  if (specifier.startsWith('.')) return posix.normalize(posix.join(posix.dirname(from), specifier));
  for (const [alias, target] of Object.entries(aliases)) {
    const prefix = alias.replace(/\*$/, '');
    if (specifier.startsWith(prefix))
      return posix.normalize(target.replace('*', specifier.slice(prefix.length)));
  }
  if (specifier.startsWith('#'))
    throw new Error(`${from} imports ${specifier}, which package.json does not map`);
  return undefined;
}

export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
