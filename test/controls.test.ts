/** The negative controls: with a guard taken out of the source, the test that guards it must go red. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { goesRed } from '#test/support/goes-red.ts';
import { mutants } from '#test/support/mutants.ts';

describe('a missing guard is noticed', () => {
  for (const mutant of mutants)
    it(`${mutant.name}: ${mutant.about}`, async () => {
      const { red, output } = await goesRed(mutant);
      assert.ok(red, `«${mutant.red.title}» did not go red:\n${output}`);
    });
});
