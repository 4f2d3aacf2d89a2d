/**
 * A weekly plan and the charges beside it as the Payment API's overview tells of them, without a database: a plain object,
 * and for every command what it is answered and what it changes. Days are counted from the day of enrolment; what falls
 * due falls due at noon, and commands are given in the evening.
 */

export type Command =
  | { readonly do: 'wait'; readonly days: number }
  | { readonly do: 'change the card'; readonly good: boolean }
  | { readonly do: 'set auto-renew'; readonly to: boolean }
  | { readonly do: 'unsubscribe' | 'reactivate' }
  | { readonly do: 'charge'; readonly dollars: number; readonly declined: boolean; readonly holds: boolean }
  | { readonly do: 'refund' | 'complete'; readonly which: number; readonly dollars: number };

export interface Movement {
  readonly id: string;
  readonly type: 'Purchase' | 'Auth' | 'Complete';
  readonly dollars: number;
  readonly success: boolean;
  refunded: number;
  isCompleted: boolean;
}

export interface Model {
  status: 'Active' | 'Suspended' | 'Cancelled' | 'Completed';
  readonly intervalCount: number;
  autoRenew: boolean;
  isCardGood: boolean;
  day: number;
  /** The first cycle that is not paid; the enrolment was cycle 0. */
  nextCycle: number;
  strikes: number;
  dueDay: number | null;
  /** Attempts that reached the processor. */
  attempts: number;
  readonly movements: Movement[];
}

/** What the server said, as far as the model has an opinion of it. */
export interface Told {
  readonly status: number;
  readonly id?: string;
  readonly success?: boolean;
}

const daysOfCycle = 7;
const maxStrikes = 3;

export const newModel = (intervalCount: number, autoRenew: boolean, isCardGood: boolean): Model => ({
  status: 'Active',
  intervalCount,
  autoRenew,
  isCardGood,
  day: 0,
  nextCycle: 1,
  strikes: 0,
  dueDay: daysOfCycle,
  attempts: 1,
  movements: [],
});

/** Changes the model, and says whether what the server told is so. */
export function follow(model: Model, command: Command, told: Told): boolean {
  switch (command.do) {
    case 'wait':
      return wait(model, model.day + command.days);
    case 'change the card':
      if (isOver(model)) return told.status === 409;
      model.isCardGood = command.good;
      return told.status === 200;
    case 'set auto-renew':
      return setAutoRenew(model, command.to, told);
    case 'unsubscribe':
      if (!isOver(model)) Object.assign(model, { status: 'Cancelled', dueDay: null });
      return told.status === 200;
    case 'reactivate':
      return reactivate(model, told);
    case 'charge':
      return charge(model, command, told);
    case 'refund':
      return refund(model, command, told);
    case 'complete':
      return complete(model, command, told);
  }
}

export const remaining = (model: Model): number =>
  isOver(model) ? 0 : model.intervalCount - (model.nextCycle % model.intervalCount);

const isOver = ({ status }: Model) => status === 'Cancelled' || status === 'Completed';
const isTermOver = ({ nextCycle, intervalCount }: Model) => nextCycle % intervalCount === 0;
const isOutstanding = (model: Model) =>
  (model.autoRenew || !isTermOver(model)) && model.nextCycle * daysOfCycle <= model.day;

/** All that falls due on the way is done on its day: a failed attempt again a day later, what is oldest first. */
function wait(model: Model, until: number): boolean {
  while (model.dueDay !== null && model.dueDay <= until) {
    model.day = Math.max(model.day, model.dueDay);
    if (!tryToCharge(model)) strike(model);
  }
  model.day = until;
  return true;
}

function tryToCharge(model: Model): boolean {
  model.attempts += 1;
  if (!model.isCardGood) return false;
  model.nextCycle += 1;
  model.strikes = 0;
  if (isTermOver(model) && !model.autoRenew) Object.assign(model, { status: 'Completed', dueDay: null });
  else if (model.status === 'Active') model.dueDay = model.nextCycle * daysOfCycle;
  return true;
}

function strike(model: Model): void {
  model.strikes += 1;
  if (model.strikes === maxStrikes) Object.assign(model, { status: 'Suspended', dueDay: null });
  else model.dueDay = model.day + 1;
}

function setAutoRenew(model: Model, to: boolean, told: Told): boolean {
  if (isOver(model)) return told.status === 409;
  model.autoRenew = to;
  if (!to && isTermOver(model) && model.dueDay !== null)
    Object.assign(model, { status: 'Completed', dueDay: null });
  return told.status === 200;
}

/** As many charges as there are outstanding payments; active again once all of them are taken. */
function reactivate(model: Model, told: Told): boolean {
  if (model.status !== 'Suspended') return told.status === 409;
  while (isOutstanding(model)) if (!tryToCharge(model)) return told.status === 200;
  if (model.status === 'Suspended')
    Object.assign(model, { status: 'Active', strikes: 0, dueDay: model.nextCycle * daysOfCycle });
  return told.status === 200;
}

function charge(
  model: Model,
  { dollars, declined, holds }: { dollars: number; declined: boolean; holds: boolean },
  told: Told,
): boolean {
  const success = model.isCardGood && !declined;
  if (told.status !== 200 || told.id === undefined || told.success !== success) return false;
  const type = holds ? 'Auth' : 'Purchase';
  model.movements.push({ id: told.id, type, dollars, success, refunded: 0, isCompleted: false });
  return true;
}

function refund(model: Model, command: { which: number; dollars: number }, told: Told): boolean {
  const movement = aim(model, command.which);
  const isPossible =
    movement?.success === true &&
    movement.type !== 'Auth' &&
    movement.refunded + command.dollars <= movement.dollars;
  if (!isPossible) return isRefused(told);
  movement.refunded += command.dollars;
  return told.status === 200 && told.success === true;
}

function complete(model: Model, command: { which: number; dollars: number }, told: Told): boolean {
  const held = aim(model, command.which);
  if (held?.type !== 'Auth' || !held.success || held.isCompleted) return isRefused(told);
  if (told.status !== 200 || told.id === undefined || told.success !== true) return false;
  held.isCompleted = true;
  const { dollars } = command;
  model.movements.push({
    id: told.id,
    type: 'Complete',
    dollars,
    success: true,
    refunded: 0,
    isCompleted: false,
  });
  return true;
}

/** The movement a command is about; undefined where there is none yet. */
export const aim = ({ movements }: Model, which: number): Movement | undefined =>
  movements[which % Math.max(movements.length, 1)];

const isRefused = ({ status }: Told) => status === 400 || status === 409;
