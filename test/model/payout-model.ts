/**
 * A payer's payments as seed 003 and the decisions tell of them, without a database: plain objects, and for every command
 * what it is answered and what it changes. Commands are given when everything that is due has been done, so that a payment
 * is seen where it waits for somebody or for time: held, requested, sent, and where it has ended.
 */

export type Method = 'ACH' | 'CHECK';

export type Command =
  | { readonly do: 'order'; readonly method: Method; readonly holds: boolean; readonly cents: number }
  | {
      readonly do: 'void' | 'release' | 'decline' | 'reissue' | 'cash' | 'return';
      readonly which: number;
    }
  | { readonly do: 'wait for the bank' };

export interface Payment {
  readonly id: string;
  readonly method: Method;
  readonly holds: boolean;
  readonly cents: number;
  status: 'Held' | 'Requested' | 'Sent' | 'Completed' | 'Voided';
  attempts: number;
  cleared: number;
  voided: number;
  /** Whether it was voided before anybody released it. */
  isDeclined: boolean;
  isReturned: boolean;
}

export interface Model {
  readonly payments: Payment[];
}

/** What the server said, as far as the model has an opinion of it. */
export interface Told {
  readonly status: number;
  readonly id?: string;
}

export const newModel = (): Model => ({ payments: [] });

/** Where a payment goes by itself once nobody holds it: into the next file, or to the printer at once. */
const restingPlace = { ACH: 'Requested', CHECK: 'Sent' } as const satisfies Record<Method, Payment['status']>;

/** Changes the model, and says whether what the server told is so. */
export function follow(model: Model, command: Command, told: Told): boolean {
  switch (command.do) {
    case 'order':
      return order(model, command, told);
    case 'wait for the bank':
      for (const payment of model.payments) arrive(payment);
      return true;
    default:
      return act(aim(model, command.which), command.do, told);
  }
}

/** The payment a command is about; undefined where there is none yet. */
export const aim = ({ payments }: Model, which: number): Payment | undefined =>
  payments[which % Math.max(payments.length, 1)];

export const availableOf = ({ cents, cleared, voided }: Payment): number => cents - cleared - voided;

function order(model: Model, command: Extract<Command, { do: 'order' }>, told: Told): boolean {
  if (told.status !== 201 || told.id === undefined) return false;
  const { method, holds, cents } = command;
  const status = holds ? 'Held' : restingPlace[method];
  const fresh = { attempts: 1, cleared: 0, voided: 0, isDeclined: false, isReturned: false };
  model.payments.push({ id: told.id, method, holds, cents, status, ...fresh });
  return true;
}

/** A file's entry is paid; a check is with its payee, who may yet cash it. */
function arrive(payment: Payment): void {
  if (payment.status === 'Requested') complete(payment);
  else if (payment.status === 'Sent') payment.status = 'Completed';
}

function complete(payment: Payment): void {
  payment.status = 'Completed';
  payment.cleared = payment.cents;
}

const isDone = ({ status }: Told) => status === 200;
const isRefused = ({ status }: Told) => status === 409;

function act(
  payment: Payment | undefined,
  action: Exclude<Command['do'], 'order' | 'wait for the bank'>,
  told: Told,
): boolean {
  if (payment === undefined) return false;
  if (!allowed[action](payment)) return isRefused(told);
  effects[action](payment);
  return isDone(told);
}

type Action = Parameters<typeof act>[1];

/** Whether a check is in somebody's hands. */
export const isOut = ({ method, status }: Payment): boolean =>
  method === 'CHECK' && (status === 'Sent' || status === 'Completed');

const allowed: Readonly<Record<Action, (payment: Payment) => boolean>> = {
  void: (one) => one.status !== 'Held' && one.status !== 'Voided' && availableOf(one) > 0,
  release: ({ status }) => status === 'Held',
  decline: ({ status }) => status === 'Held',
  reissue: ({ status, isDeclined }) => status === 'Voided' && !isDeclined,
  cash: (one) => isOut(one) && availableOf(one) > 0,
  return: ({ method, status, isReturned }) => method === 'ACH' && status === 'Completed' && !isReturned,
};

const effects: Readonly<Record<Action, (payment: Payment) => void>> = {
  void: (one) => Object.assign(one, { status: 'Voided', voided: one.voided + availableOf(one) }),
  release: (one) => Object.assign(one, { status: restingPlace[one.method] }),
  decline: (one) => Object.assign(one, { status: 'Voided', voided: one.cents, isDeclined: true }),
  reissue: (one) =>
    Object.assign(one, {
      status: restingPlace[one.method],
      attempts: one.attempts + 1,
      cleared: 0,
      voided: 0,
      isReturned: false,
    }),
  cash: complete,
  return: (one) => Object.assign(one, { cleared: 0, isReturned: true }),
};
