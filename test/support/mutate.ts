import type { Mutant } from './mutants.ts';

/** The source without the guard. An error unless the guard's text occurs exactly once: a control must not rot. */
export function mutate(mutant: Pick<Mutant, 'name' | 'file' | 'find' | 'replace'>, source: string): string {
  const parts = source.split(mutant.find);
  if (parts.length !== 2)
    throw new Error(
      `mutant ${mutant.name}: its text must occur once in ${mutant.file}, not ${parts.length - 1} times`,
    );
  return parts.join(mutant.replace);
}
