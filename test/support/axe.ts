import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const source = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/**
 * Asserts that the page breaks no rule of WCAG 2.2 A and AA nor axe's best practices. The checker is evaluated through
 * the debugger, which the page's policy does not govern, so the page is checked under its real policy.
 */
export async function assertAccessible(page: Page, known: readonly string[] = []): Promise<void> {
  const rules = Object.fromEntries(known.map((id) => [id, { enabled: false }]));
  await page.evaluate(source);
  const violations = (await page.evaluate(
    `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: ${JSON.stringify(rules)} }).then((result) => result.violations)`,
  )) as readonly Violation[];
  const report = violations.map(
    ({ id, impact, help, nodes }) =>
      `${id} (${impact}): ${help}\n${nodes.map((node) => `    ${node.html}\n    ${node.failureSummary}`).join('\n')}`,
  );
  assert.equal(report.length, 0, `${page.url()} is not accessible:\n${report.join('\n')}`);
}
