import type { Surroundings } from '../simulator.ts';
import { type HandedFile, type Instrument, type News, openState, type RailName } from './state.ts';
import { writeReturnFile } from './write-return-file.ts';

interface Asked {
  readonly code?: string;
  readonly amount?: number;
  readonly corrected?: string;
}

type Act = (found: Instrument, asked: Asked) => Promise<News | string>;

/** The bank's side of every rail: each file is taken once, each instrument pays at most what it is for. */
export function createBank({ book, clock }: Surroundings) {
  const state = openState(book);
  const actions = actionsOf(state, () => clock.now());
  /** The number itself goes to the payee alone; whoever ordered the card hears how it ends. */
  const issueCard = async (instrument: string): Promise<void> => {
    const card = state.find('virtual-card', instrument);
    const cardLast4 = instrument.replaceAll(/\D/g, '').slice(-4).padStart(4, '0');
    if (card !== undefined) await state.tell(card, { kind: 'issued', detail: { cardLast4 } });
  };
  return {
    /** Takes a file, once for an id; answers whether it was new. */
    take: async (rail: RailName, file: HandedFile): Promise<boolean> => {
      if (state.hasFile(file.id)) return false;
      await state.takeFile(rail, file);
      if (rail === 'virtual-card')
        for (const { kind, instrument } of file.entries) if (kind === 'issue') await issueCard(instrument);
      return true;
    },

    /** What an account is told, `after` a number, as of a day: entries that take effect by then have been paid. */
    news: async (rail: RailName, account: string, from: { after: number; date: string }): Promise<News[]> => {
      const settling = state
        .all()
        .filter((one) => one.rail === rail && one.account === account && settles(one, from.date));
      // Together, so that thousands of them wait for the disk once.
      await Promise.all(
        settling.map((one) => state.tell(one, { kind: 'cleared', amount: one.amount - one.cleared })),
      );
      return state.listOf(rail, account).filter(({ sequence }) => sequence > from.after);
    },

    /** Does what somebody asks for; answers what was told, why it cannot be, or that there is nothing of that name. */
    act: async (
      rail: RailName,
      id: string,
      { action, ...asked }: Asked & { readonly action: string },
    ): Promise<News | string | undefined> => {
      const found = state.find(rail, id);
      return found === undefined ? undefined : actions[rail][action]?.(found, asked);
    },
  };
}

/** What can be asked of an instrument, by rail. */
function actionsOf(
  state: ReturnType<typeof openState>,
  now: () => Date,
): Readonly<Record<RailName, Readonly<Record<string, Act>>>> {
  const clear: Act = async (found, { amount }) => {
    const rest = found.amount - found.cleared;
    const wanted = amount ?? rest;
    if (!isOpen(found)) return `it is ${found.over ?? 'paid'}`;
    return wanted > rest ? 'more than is left' : state.tell(found, { kind: 'cleared', amount: wanted });
  };
  const giveBack: Act = async (found, { code = 'R03' }) => {
    if (found.over !== undefined) return `it is ${found.over}`;
    const file = writeReturnFile({ ...found, type: '99', code, at: now() });
    return state.tell(found, { kind: 'returned', code, ...(found.rail === 'ach' ? { file } : {}) });
  };
  const correct: Act = async (found, { code = 'C01', corrected = '' }) => {
    const file = writeReturnFile({ ...found, type: '98', code, corrected, at: now() });
    return state.tell(found, { kind: 'corrected', code, file });
  };
  const reject: Act = async (found, { code = 'R16' }) =>
    isOpen(found) ? state.tell(found, { kind: 'refused', code }) : `it is ${found.over ?? 'paid'}`;
  return {
    ach: { clear, return: giveBack, correct, reject },
    check: { cash: clear, bounce: giveBack, reject },
    'virtual-card': { draw: clear, reject },
  };
}

function isOpen({ over, cleared, amount }: Instrument): boolean {
  return over === undefined && cleared < amount;
}

function settles(one: Instrument, date: string): boolean {
  return isOpen(one) && one.effectiveDate !== undefined && one.effectiveDate <= date;
}
