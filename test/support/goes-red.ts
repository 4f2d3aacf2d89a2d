import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Mutant } from './mutants.ts';
import { repositoryRoot } from './source-tree.ts';

export interface Verdict {
  /** Whether the test the mutant names ran and failed by its own code: not by a timeout, a hook or at loading. */
  readonly red: boolean;
  /** What the test runner said, for the message of a failed control. */
  readonly output: string;
}

/** Runs the one test a mutant names, with the mutant's guard gone, in processes of its own. */
export async function goesRed({ name, red }: Mutant): Promise<Verdict> {
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const child = spawn(
    process.execPath,
    ['--test-reporter=tap', `--test-name-pattern=${escapeForPattern(red.title)}`, red.file],
    {
      cwd: repositoryRoot,
      env: {
        ...environment,
        QUITTANCE_MUTANT: name,
        // In the environment, not among the arguments, so that the servers a test starts lose the guard as well.
        NODE_OPTIONS: `${environment.NODE_OPTIONS ?? ''} --import ${new URL('./mutant.ts', import.meta.url).href}`,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { red: failedByItself(stdout, red.title), output: stdout + stderr };
}

/** Finds the test's line in TAP and reads why it failed from the block under it. */
function failedByItself(tap: string, title: string): boolean {
  const [, ...failures] = tap.split(/^ *not ok \d+ - /m);
  return failures.some((failure) => {
    const [line = '', ...block] = failure.split('\n');
    return (
      line.replaceAll(/\\([#\\])/g, '$1') === title &&
      block.find((entry) => entry.includes('failureType:'))?.includes("'testCodeFailure'") === true
    );
  });
}

function escapeForPattern(title: string): string {
  return title.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
