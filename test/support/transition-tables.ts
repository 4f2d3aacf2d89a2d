/** State machines as the pages print them. */

type Machine = Readonly<Record<string, readonly string[]>>;

/**
 * A state machine as a table in the words of a dialect. Statuses that the dialect tells by one word are one row, and
 * moves that it does not see are left out.
 */
export function transitionTable(
  noun: string,
  machine: Machine,
  words: Readonly<Record<string, string>>,
): string {
  const wordOf = (status: string) => words[status] ?? status;
  const rows = [...new Set(Object.keys(machine).map(wordOf))].map((word) => {
    const from = Object.keys(machine).filter((status) => wordOf(status) === word);
    const reached = from.flatMap((status) => machine[status] ?? []).map(wordOf);
    const next = [...new Set(reached)].filter((one) => one !== word).map((one) => `\`${one}\``);
    return `| \`${word}\` | ${next.length === 0 ? 'nothing: it is over' : next.join(' ')} |`;
  });
  return [`| ${noun} | may become |`, '|---|---|', ...rows].join('\n');
}
