/** How a processor's server tells a merchant's of a result: again and again until it is answered well. */
import { pause } from './deliver-answer.ts';
import { callbackFaults, type Fault } from './faults.ts';
import type { Surroundings } from './simulator.ts';

export interface NotificationRules<Message> {
  readonly connector: string;
  /** One try; the status it was answered, 0 where there was none. */
  send(message: Message): Promise<number>;
  /** Whether this answer ends it. Every other one is followed by another try. */
  isFinal(status: number): boolean;
  /** Before the second, third … try. */
  readonly retryMs: readonly number[];
}

/**
 * Makes the function that announces a result. It resolves when whoever waits for the result may be answered: at once, or
 * only after the notification under the fault `callback-first`, or where `isFirst` says that it was met already.
 */
export function createNotifier<Message>(
  { faults, delays, closing, log }: Surroundings,
  rules: NotificationRules<Message>,
): (message: Message, isFirst?: boolean) => Promise<void> {
  const held: Message[] = [];

  const tryOnce = async (message: Message): Promise<boolean> => {
    const status = await rules.send(message);
    if (!rules.isFinal(status)) log(`notification answered ${status || 'nothing'}`);
    return rules.isFinal(status);
  };
  /** Resolves after the first try; the others follow by themselves. */
  const deliver = async (message: Message): Promise<void> => {
    if (!(await tryOnce(message))) void retry(message);
  };
  const retry = async (message: Message): Promise<void> => {
    for (const waitMs of rules.retryMs) {
      await pause(waitMs, closing);
      if (closing.aborted || (await tryOnce(message))) return;
    }
  };
  /** Holds notifications for a while, then sends them all in an order of chance. */
  const shuffle = async (message: Message, fault: Fault): Promise<void> => {
    held.push(message);
    if (held.length > 1) return;
    await pause(delays.shuffleMs, closing);
    const batch = held.splice(0).map((each) => ({ each, rank: fault.random() }));
    batch.sort((a, b) => a.rank - b.rank);
    for (const { each } of batch) await deliver(each);
  };

  return async (message, isFirst = false) => {
    if (isFirst) return deliver(message);
    const fault = faults.take(rules.connector, 'notification', callbackFaults);
    if (fault?.kind === 'callback-first') return deliver(message);
    if (fault?.kind === 'shuffle-callbacks') {
      void shuffle(message, fault);
    } else {
      const copies = fault === undefined ? 1 : 2 + Math.floor(fault.random() * 5);
      for (let copy = 0; copy < copies; copy += 1) setImmediate(() => void deliver(message));
    }
  };
}
