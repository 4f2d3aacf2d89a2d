/** Swish's rules of money and time. Each change of a movement is one line in the book before anybody hears of it. */
import { later } from '#kit/clock.ts';
import type { Surroundings } from '../simulator.ts';
import { createCallbacks } from './callbacks.ts';
import { provokedEnd } from './rules.ts';
import {
  createState,
  isOpen,
  type Movement,
  type PaymentRequest,
  type Refund,
  type State,
  type StateEvent,
} from './state.ts';

export interface Bank {
  readonly state: State;
  /** Takes a movement in and does what is due at once. */
  open(movement: Movement): Promise<void>;
  /** What a person at the phone does with a request. */
  decide(payment: PaymentRequest, act: 'approve' | 'decline'): Promise<void>;
  /** The merchant takes a request back, as long as nobody has paid it. */
  cancel(payment: PaymentRequest): Promise<void>;
  /** Whether payments wait for a person from now on. */
  setWaits(waits: boolean): Promise<void>;
  /** Does everything that is due by now, or what is due of one movement. */
  catchUp(id?: string): Promise<void>;
  /** Somebody was told of a movement as it stands. Only then does a bank that gave no answer begin to find one. */
  haveAsked(id: string): void;
  now(): Date;
}

const connector = 'swish';

/** How long a payer has: by phone number, and by a code to scan. */
const payerTimeMs = { known: 180_000, scanning: 330_000 } as const;

/** A refund is debited and then paid; everything else is over after one step. */
const maxSteps = 2;

export function createBank(surroundings: Surroundings): Bank {
  const { book, clock, delays, faults } = surroundings;
  const state = createState(book.events(connector) as readonly StateEvent[]);
  const move = createMover(surroundings, state);
  const steps = createSteps(surroundings, state, move);

  const catchUpOne = async (id: string): Promise<void> => {
    for (let step = 0; step < maxSteps; step += 1) {
      // Read again each time: somebody else may have moved it meanwhile.
      const movement = state.find(id);
      if (movement === undefined || !isOpen(movement)) return;
      await steps.takeDue(movement);
    }
  };
  const catchUp: Bank['catchUp'] = async (id) => {
    const ids = id === undefined ? state.open().map((movement) => movement.id) : [id];
    await Promise.all(ids.map(catchUpOne));
  };
  return {
    state,
    catchUp,
    now: () => clock.now(),
    haveAsked: steps.haveAsked,
    open: async (movement) => {
      state.apply(movement);
      await book.record(connector, { event: movement });
      const isFirst = faults.take(connector, 'notification', ['callback-first']) !== undefined;
      // While it was written down its payer may have approved it already.
      const isUntouched = state.find(movement.id) === movement;
      if (isFirst && isUntouched && movement.type === 'payment') return steps.approve(movement, isFirst);
      const waitMs = movement.type === 'payment' ? delays.payerMs : delays.refundMs;
      if (waitMs === 0) await catchUpOne(movement.id);
    },
    decide: (payment, act) =>
      act === 'approve' ? steps.approve(payment) : move({ ...payment, status: 'DECLINED' }, 'declined'),
    cancel: (payment) => move({ ...payment, status: 'CANCELLED' }, 'declined'),
    setWaits: (waits) => {
      const event: StateEvent = { type: 'phone', waits };
      state.apply(event);
      return book.record(connector, { event });
    },
  };
}

type Move = (movement: Movement, outcome?: 'approved' | 'declined', isFirst?: boolean) => Promise<void>;

/** Writes a movement down as it now stands, with a row in the book where it is over, then calls the merchant. */
function createMover(surroundings: Surroundings, state: State): Move {
  const announce = createCallbacks(surroundings);
  return async (movement, outcome, isFirst) => {
    state.apply(movement);
    const row = outcome === undefined ? {} : { row: { ...rowOf(movement), outcome } };
    await surroundings.book.record(connector, { event: movement, ...row });
    await announce(movement, isFirst);
  };
}

function createSteps({ clock, delays, faults, ids }: Surroundings, state: State, move: Move) {
  const asked = new Set<string>();
  const ageMs = (movement: Movement) => clock.now().getTime() - Date.parse(movement.createdAt);
  const paid = () => ({
    status: 'PAID' as const,
    paidAt: clock.now().toISOString(),
    paymentReference: ids.uuid().replaceAll('-', '').toUpperCase(),
  });
  const endOf = (movement: Movement) => {
    const fault = faults.take(connector, kindOf(movement), ['decline']);
    return fault === undefined ? provokedEnd(movement.message) : (fault.code ?? 'RF07');
  };
  const fail = (movement: Movement, errorCode: string) =>
    move({ ...movement, status: 'ERROR', errorCode }, 'declined');

  const pay = (movement: Movement, isFirst?: boolean) =>
    move({ ...movement, ...paid() }, 'approved', isFirst);
  /** The bank is asked for the money: it gives it, refuses, or gives no answer for a while. */
  const settle = async (movement: Movement, go: () => Promise<void>): Promise<void> => {
    const end = endOf(movement);
    if (end !== undefined && end !== 'DS24') return fail(movement, end);
    const isUndecided =
      end === 'DS24' || faults.take(connector, kindOf(movement), ['status-required']) !== undefined;
    if (!isUndecided) return go();
    const bankAnswersAt = later(clock.now(), delays.bankMs).toISOString();
    return move({ ...movement, status: 'ERROR', errorCode: 'DS24', bankAnswersAt });
  };
  const approve = (payment: PaymentRequest, isFirst?: boolean) =>
    settle(payment, () => pay(payment, isFirst));

  const stepRefund = async (refund: Refund): Promise<void> => {
    if (ageMs(refund) < delays.refundMs) return;
    if (refund.status === 'DEBITED') return pay(refund);
    return settle(refund, () => move({ ...refund, status: 'DEBITED' }));
  };
  const stepPayment = async (payment: PaymentRequest): Promise<void> => {
    // Whoever pays by themselves has paid long before their time is over, however late we look.
    if (!state.waits() && ageMs(payment) >= delays.payerMs) return approve(payment);
    const limitMs = payment.payerAlias === undefined ? payerTimeMs.scanning : payerTimeMs.known;
    if (ageMs(payment) >= limitMs) return fail(payment, 'TM01');
  };
  /** Does the next step of an open movement, if its time has come. */
  const takeDue = async (movement: Movement): Promise<void> => {
    const { errorCode: _code, bankAnswersAt, ...rest } = movement;
    if (bankAnswersAt === undefined)
      return movement.type === 'refund' ? stepRefund(movement) : stepPayment(movement);
    const isKnown = asked.has(movement.id) && clock.now() >= new Date(bankAnswersAt);
    return isKnown ? pay(rest as Movement) : undefined;
  };
  return { approve, haveAsked: (id: string) => void asked.add(id), takeDue };
}

export function kindOf(movement: Movement): 'purchase' | 'refund' {
  return movement.type === 'payment' ? 'purchase' : 'refund';
}

function rowOf(movement: Movement) {
  return {
    kind: kindOf(movement),
    reference: movement.reference,
    processorReference: movement.paymentReference ?? movement.id,
    amount: movement.amount,
    code: movement.errorCode ?? movement.status,
  };
}
