import { isRead } from './is-read.ts';

/** Sends a statement, now or once it may be sent, and answers what it answers. */
export type SendBehindBegin = <Result>(sql: string, send: () => Promise<Result>) => Promise<Result>;

/**
 * Sends reads right behind `begin`, and what may write once `begin` is answered: where it fails, what was sent behind it
 * runs on its own, and a write would be committed. The order of statements stays as it was asked for. `begun` is the
 * answer to `begin`; where that is an error, so is the answer to all that was not sent.
 */
export function behindBegin(begun: Promise<unknown>): SendBehindBegin {
  let state: 'asked' | 'begun' | 'failed' = 'asked';
  let held: (() => void)[] = [];
  const answer = (to: 'begun' | 'failed') => () => {
    state = to;
    // At once and in a row, so that nobody who asks now comes before them.
    for (const send of held) send();
    held = [];
  };
  begun.then(answer('begun'), answer('failed'));
  const sendNow = <Result>(send: () => Promise<Result>) =>
    state === 'failed' ? (begun as Promise<never>) : send();
  return (sql, send) => {
    const mustWait = state === 'asked' && (held.length > 0 || !isRead(sql));
    return mustWait ? new Promise((resolve) => held.push(() => resolve(sendNow(send)))) : sendNow(send);
  };
}
