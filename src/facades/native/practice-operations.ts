/** What the row about a practice system's objects does. */
import { importPractice, type PracticeImport } from '#core/practice/import-practice.ts';
import type { Route } from '#http/facade.ts';
import { readPractice } from './read-practice.ts';

export const postPracticeImport: Route['handle'] = async ({ core, call, body }) => {
  const given: PracticeImport = readPractice(body, call.tenant.country);
  const { result, replayed } = await importPractice(core, call, given);
  return { body: result, replayed };
};
