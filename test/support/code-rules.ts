/** House rules about code that neither the compiler nor the linter can hold. Each answers with `path:line why`. */
import { basename } from 'node:path/posix';
import type { Node } from 'oxc-parser';
import { importsOf, lineAt, type SourceFile, walk } from './source-tree.ts';

export type CodeRule = (file: SourceFile) => string[];

const drawerWords = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'manager',
  'service',
  'services',
]);

/** A file is named after what it does; a drawer is named after nothing. */
export const noDrawers: CodeRule = ({ path }) => {
  const words = path.split(/[/.-]/);
  const drawer =
    words.find((word) => drawerWords.has(word)) ?? (basename(path) === 'types.ts' ? 'types' : undefined);
  return drawer === undefined ? [] : [`${path}:1 «${drawer}» names a drawer, not a thing`];
};

/** The environment is read once, in `src/config.ts`; everyone else is handed what they need. */
export const onlyConfigReadsTheEnvironment: CodeRule = (file) => {
  if (!isProduct(file, 'src/') || file.path === 'src/config.ts') return [];
  const why = 'only src/config.ts reads the environment';
  const imported = importsOf(file)
    .filter(({ specifier }) => specifier === 'node:process' || specifier === 'process')
    .map(({ line }) => `${file.path}:${line} ${why}`);
  return [
    ...imported,
    ...findings(file, why, (report) => ({
      MemberExpression: (node) => {
        if (isName(node.property, 'env') && isName(node.object, 'process')) report(node);
      },
      VariableDeclarator: (node) => {
        if (node.id.type === 'ObjectPattern' && node.init !== null && isName(node.init, 'process'))
          report(node);
      },
    })),
  ];
};

/** Time is a parameter. Durations (`performance.now`) are not times. */
export const onlyTheClockTellsTheTime: CodeRule = (file) => {
  if (!isProduct(file, 'src/') || ['src/kit/clock.ts', 'src/main.ts'].includes(file.path)) return [];
  return findings(file, 'time comes from a Clock', (report) => ({
    MemberExpression: (node) => {
      if (isName(node.object, 'Date') && isName(node.property, 'now')) report(node);
      if (isName(node.object, 'Temporal') && isName(node.property, 'Now')) report(node);
    },
    NewExpression: (node) => {
      if (isName(node.callee, 'Date') && node.arguments.length === 0) report(node);
    },
    CallExpression: (node) => {
      if (isName(node.callee, 'Date')) report(node);
    },
  }));
};

const floatMakers = new Set(['parseFloat', 'toFixed', 'toPrecision', 'Number']);

/** Where money is counted no amount becomes a floating point number, not even for a moment. */
export const noFloatsWhereMoneyIs: CodeRule = (file) => {
  if (!isProduct(file, 'src/core/') && !isProduct(file, 'src/ledger/') && file.path !== 'src/kit/money.ts')
    return [];
  return findings(file, 'makes a floating point number where money is counted', (report) => ({
    CallExpression: (node) => {
      const { callee } = node;
      const called = callee.type === 'MemberExpression' ? callee.property : callee;
      if (called.type === 'Identifier' && floatMakers.has(called.name)) report(node);
    },
  }));
};

const statement =
  /^\s*(?:select\s|insert\s+into\s|update\s+\S+\s+(?:\S+\s+){0,2}set\s+[\w\s,()]*=|delete\s+from\s|with\s+(?:recursive\s+)?\w+\s+as\s)/i;

/** «Select a payment method» is English: SQL is written in lower case or in capitals. */
const sentence = /^\s*[A-Z][a-z]/;

/** All SQL of a noun is in its `store.ts`; `db` and `ledger` are SQL's own folders. */
export const sqlOnlyInStores: CodeRule = (file) => {
  if (!isProduct(file, '') || basename(file.path) === 'store.ts' || /^src\/(db|ledger)\//.test(file.path))
    return [];
  return findings(file, 'SQL belongs in store.ts', (report) => ({
    TemplateLiteral: (node) => {
      if (isSql(node.quasis.map(({ value }) => value.raw).join('x'))) report(node);
    },
    Literal: (node) => {
      if (typeof node.value === 'string' && isSql(node.value)) report(node);
    },
  }));
};

function isSql(text: string): boolean {
  return statement.test(text) && !sentence.test(text);
}

function isProduct(file: SourceFile, under: string): boolean {
  return file.path.startsWith(under) && !file.path.endsWith('.test.ts');
}

function findings(
  file: SourceFile,
  why: string,
  visitor: (report: (node: Node) => void) => Parameters<typeof walk>[1],
): string[] {
  const found: string[] = [];
  const report = (node: Node) => {
    const code = file.text.slice(node.start, node.end).split('\n')[0] ?? '';
    found.push(`${file.path}:${lineAt(file.text, node.start)} ${why}: ${code}`);
  };
  walk(file, visitor(report));
  return found;
}

/** Whether a node is this name, be it bare (`process`) or the last of a chain (`globalThis.process`). */
function isName(node: Node, name: string): boolean {
  if (node.type === 'Identifier') return node.name === name;
  if (node.type === 'Literal') return node.value === name;
  return node.type === 'MemberExpression' && isName(node.property, name);
}
