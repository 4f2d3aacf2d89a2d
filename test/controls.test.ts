/** The negative controls: with a guard taken out of the source, the test that guards it must go red. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { goesRed } from '#test/support/goes-red.ts';
import { mutants } from '#test/support/mutants.ts';
import { hasPostgres } from '#test/support/postgres-cluster.ts';

/** What the embedded store shows need not be shown a second time where the tests run on PostgreSQL. */
const wanted = process.env.TEST_DATABASE_URL === undefined ? mutants : mutants.filter(({ needs }) => needs);
const runnable = wanted.filter(({ needs }) => needs === undefined || hasPostgres());

describe('a missing guard is noticed', () => {
  for (const { name } of wanted.filter((mutant) => !runnable.includes(mutant)))
    it(`${name} needs PostgreSQL 15 or newer: install it, or set TEST_DATABASE_URL, and it is run`, () => {
      console.error(`NOT RUN: ${name}. One connection does not show whether its guard is there.`);
    });
  for (const mutant of runnable)
    it(`${mutant.name}: ${mutant.about}`, async () => {
      const { red, output } = await goesRed(mutant);
      assert.ok(red, `«${mutant.red.title}» did not go red:\n${output}`);
    });
});
