import type { BookEntry } from '#core/core.ts';

interface BookRow {
  readonly connector: string;
  readonly kind: string;
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly outcome: BookEntry['outcome'];
}

/** The simulators' own book at `<simulatorUrl>/book`; undefined while they do not answer. */
export async function readSimulatorBook(
  simulatorUrl: string,
  timeoutMs: number,
): Promise<BookEntry[] | undefined> {
  const answer = await fetch(`${simulatorUrl}/book`, { signal: AbortSignal.timeout(timeoutMs) }).catch(
    () => undefined,
  );
  if (answer?.ok !== true) return undefined;
  const { data } = (await answer.json()) as { data: readonly BookRow[] };
  return data.map(({ connector, kind, reference, amount, currency, outcome }) => ({
    connector,
    kind,
    reference,
    amount: BigInt(amount),
    currency,
    outcome,
  }));
}
