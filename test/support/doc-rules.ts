/** What the pages claim that can be checked against the repository. Each answers with `path why`. */
import { posix } from 'node:path';
import { type SourceFile, walk } from './source-tree.ts';

/** Relative links to files that are not there. */
export function linkFaults(page: SourceFile, exists: (path: string) => boolean): string[] {
  return [...prose(page.text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^([a-z]+:|#)/.test(target))
    .map((target) => posix.join(posix.dirname(page.path), target.replace(/#.*$/, '')))
    .filter((target) => !exists(target))
    .map((target) => `${page.path} links to ${target}, which is not there`);
}

/** Source files and pages named in backticks that are not there. */
export function pathFaults(page: SourceFile, exists: (path: string) => boolean): string[] {
  return [
    ...prose(page.text).matchAll(
      /`((?:src|web|simulators|test|bench|examples|docs)\/[\w./-]+\.(?:ts|md|json))`/g,
    ),
  ]
    .map(([, path = '']) => path)
    .filter((path) => !exists(path))
    .map((path) => `${page.path} names ${path}, which is not there`);
}

/** npm scripts that package.json does not have. */
export function scriptFaults(page: SourceFile, scripts: Readonly<Record<string, string>>): string[] {
  return [...page.text.matchAll(/\bnpm (?:run ([\w:-]+)|(test|start)\b)/g)]
    .map(([, named, short]) => named ?? short ?? '')
    .filter((script) => !Object.hasOwn(scripts, script))
    .map((script) => `${page.path} names the npm script ${script}, which package.json does not have`);
}

/** The variables in the first column of the page's table with the column «variable». */
export function documentedVariables(page: SourceFile): Set<string> {
  const [, body = ''] = page.text.split(/^\| variable \|.*\n\|[-| ]+\|\n/m);
  const [rows = ''] = body.split(/\n(?!\|)/);
  return new Set([...rows.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name = '']) => name));
}

const variableName = /^[A-Z][A-Z0-9]{2,}(_[A-Z0-9]+)*$/;

/** The variables a configuration module reads: `environment.PORT`, `read('PORT')`. */
export function variablesRead(config: SourceFile): Set<string> {
  const names = new Set<string>();
  walk(config, {
    MemberExpression: ({ property }) => {
      if (property.type === 'Identifier' && variableName.test(property.name)) names.add(property.name);
    },
    Literal: ({ value }) => {
      if (typeof value === 'string' && variableName.test(value)) names.add(value);
    },
  });
  return names;
}

/** The page without its fenced blocks. */
function prose(markdown: string): string {
  return markdown.replaceAll(/^```[\s\S]*?^```/gm, '');
}
