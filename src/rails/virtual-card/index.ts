/** Virtual cards: orders to an issuer. The number of a card never passes through here: the issuer tells the payee. */
import type { ComposedFile, FileOrder, Rail, RailEntry } from '#kit/rail.ts';
import { openGateway } from '#kit/rail-gateway.ts';

const actions = { issue: 'ISSUE', stop: 'CANCEL' } as const satisfies Record<RailEntry['kind'], string>;

/** One line of JSON a card: what is to be done, our reference, cents, for whom. */
function composeCardOrders({ entries, account, date, time, ordinal }: FileOrder): ComposedFile {
  const lines = entries.map(({ kind, instrument, amount, payeeName, traceNumber }) =>
    JSON.stringify({
      action: actions[kind],
      reference: instrument,
      amount: String(amount),
      payee: payeeName,
      trace: traceNumber,
    }),
  );
  const stamp = `${date.replaceAll('-', '')}-${time.replace(':', '').slice(0, 4)}-${ordinal + 1}`;
  return { fileName: `cards-${account.routingNumber}-${stamp}.jsonl`, content: `${lines.join('\n')}\n` };
}

export const rail: Rail = {
  name: 'virtual-card',
  compose: composeCardOrders,
  open: (account, network) => openGateway('virtual-card', account, network),
};
