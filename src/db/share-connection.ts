import { AsyncLocalStorage } from 'node:async_hooks';
import type { Connection } from './connection.ts';

/** Statements on one connection are answered one after another: more than these would rather have another. */
const maxUsers = 32;

interface Shared {
  readonly connection: Promise<Connection>;
  users: number;
  joined: number;
  isOpen: boolean;
}

/**
 * Lends one connection to all work that is begun in one turn of the event loop. Its statements leave as one packet and
 * wake one process of the server, where a connection each would cost a packet and a process each. Only for statements
 * that are quick and stand alone: each waits for those before it, and none may open a transaction.
 */
export function shareConnection(
  open: () => Promise<Connection>,
): <T>(work: (connection: Connection) => Promise<T>) => Promise<T> {
  let current: Shared | undefined;
  // What is lent to several must not run in the context of the one that happened to ask first.
  const outsideCallers = AsyncLocalStorage.snapshot();

  function join(): Shared {
    if (current === undefined || current.joined === maxUsers) {
      const shared: Shared = { connection: outsideCallers(open), users: 0, joined: 0, isOpen: true };
      setImmediate(() => {
        shared.isOpen = false;
        if (current === shared) current = undefined;
        giveBack(shared);
      });
      current = shared;
    }
    current.users += 1;
    current.joined += 1;
    return current;
  }

  /** Once nobody can join and nobody uses it any more. */
  function giveBack({ connection, users, isOpen }: Shared): void {
    if (isOpen || users > 0) return;
    // Where there was none to be had, everybody who waited for it has been told.
    connection.then(
      (lent) => lent.release(),
      () => {},
    );
  }

  return async (work) => {
    const shared = join();
    try {
      return await work(await shared.connection);
    } finally {
      shared.users -= 1;
      giveBack(shared);
    }
  };
}
