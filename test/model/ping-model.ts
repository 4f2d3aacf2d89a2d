/**
 * An order with its links, payments and refunds as Ping's documents tell of them, without a database: a plain object, and
 * for every command what it is answered and what it changes. A command that calls a processor is two steps, because
 * others may come between them.
 */

export type Wish = 'COMPLETED' | 'PENDING' | 'DECLINED' | 'ABORTED' | 'EXPIRED' | 'CRASHED';

export type Command =
  | { readonly do: 'make a link'; readonly wish: Wish; readonly amount: number }
  | { readonly do: 'pay'; readonly wish: Wish; readonly amount: number }
  | { readonly do: 'pay a link' | 'cancel a link' | 'stop' | 'refund'; readonly which: number }
  | { readonly do: 'close' | 'split' | 'settle'; readonly fast: boolean }
  | { readonly do: 'read the allocations' };

/** A command of which it is said which link or payment it is about. */
export type Aimed = Command & { readonly id?: string };

/** What the server said, as far as the model has an opinion of it. */
export interface Told {
  readonly status: number;
  /** Of what was made. */
  readonly id?: string;
  /** Of allocations: what they come to. */
  readonly sum?: number;
}

export interface ModelLink {
  readonly id: string;
  readonly wish: Wish;
  readonly amount: number;
  status: 'CREATED' | 'COMPLETED' | 'CANCELLED';
  /** The payment that has paid it. */
  paymentId: string | null;
  /** The payment under way. */
  activeId: string | null;
}

export interface ModelPayment {
  readonly id: string;
  readonly amount: number;
  readonly linkId: string | null;
  status: 'INITIATED' | 'STOPPED' | Wish;
  refund: 'none' | 'under way' | 'done';
}

export interface Model {
  status: 'OPEN' | 'CLOSED' | 'SPLIT' | 'SETTLED';
  readonly links: ModelLink[];
  readonly payments: ModelPayment[];
}

export const newModel = (): Model => ({ status: 'OPEN', links: [], payments: [] });

/** One step: changes the model, and says whether what the server told is so. The last step of a command decides. */
export type Step = (model: Model, told: Told) => boolean;

const refused: Step = (_, told) => told.status === 403;
const later: Step = () => true;

/** The steps of a command; they are taken in this order, with steps of others between them or without. */
export function stepsOf(command: Aimed): readonly Step[] {
  switch (command.do) {
    case 'make a link':
      return [(model, told) => makeLink(model, command, told)];
    case 'pay':
      return [
        (model, told) => begin(model, { ...command, linkId: null }, told),
        (model, told) => finish(model, command.wish, told),
      ];
    case 'pay a link':
      return [
        (model, told) => payLink(model, command, told),
        (model, told) => finishLink(model, command, told),
      ];
    case 'cancel a link':
      return [(model, told) => cancelLink(model, command, told)];
    case 'stop':
      return [(model, told) => askToStop(model, command, told), (model, told) => stop(model, command, told)];
    case 'refund':
      return [
        (model, told) => reserve(model, command, told),
        (model, told) => giveBack(model, command, told),
      ];
    case 'close':
    case 'split':
    case 'settle':
      return [(model, told) => advance(model, command, told)];
    case 'read the allocations':
      return [readAllocations];
  }
}

const linkOf = (model: Model, id: string | undefined) => model.links.find((link) => link.id === id);
const paymentOf = (model: Model, id: string | null | undefined) =>
  model.payments.find((payment) => payment.id === id);
const isUnderWay = ({ status }: ModelPayment) => status === 'INITIATED' || status === 'PENDING';
const takesRefunds = ({ status }: Model) => status === 'OPEN' || status === 'CLOSED';

const makeLink = (model: Model, { wish, amount }: { wish: Wish; amount: number }, told: Told): boolean => {
  if (model.status !== 'OPEN') return refused(model, told);
  if (told.status !== 200 || told.id === undefined) return false;
  model.links.push({ id: told.id, wish, amount, status: 'CREATED', paymentId: null, activeId: null });
  return true;
};

function begin(model: Model, of: { amount: number; linkId: string | null }, told: Told): boolean {
  if (model.status !== 'OPEN') return refused(model, told);
  if (told.status !== 200 || told.id === undefined || paymentOf(model, told.id) !== undefined) return false;
  const { amount, linkId } = of;
  model.payments.push({ id: told.id, amount, linkId, status: 'INITIATED', refund: 'none' });
  return true;
}

function finish(model: Model, wish: Wish, told: Told): boolean {
  const payment = paymentOf(model, told.id);
  if (payment?.status !== 'INITIATED') return true;
  payment.status = wish;
  const link = linkOf(model, payment.linkId ?? undefined);
  if (link === undefined || wish === 'PENDING') return true;
  link.activeId = null;
  if (wish === 'COMPLETED') Object.assign(link, { status: 'COMPLETED', paymentId: payment.id });
  return true;
}

/** A payment under way is answered again, be its order closed meanwhile; else the link must still be payable. */
function payLink(model: Model, { id }: Aimed, told: Told): boolean {
  const link = linkOf(model, id);
  if (link === undefined) return false;
  if (link.activeId !== null) return told.status === 200 && told.id === link.activeId;
  if (link.status !== 'CREATED') return refused(model, told);
  if (!begin(model, { amount: link.amount, linkId: link.id }, told)) return false;
  if (told.status === 200) link.activeId = told.id ?? null;
  return true;
}

function finishLink(model: Model, { id }: Aimed, told: Told): boolean {
  const link = linkOf(model, id);
  return link !== undefined && (told.status !== 200 || finish(model, link.wish, told));
}

function cancelLink(model: Model, { id }: Aimed, told: Told): boolean {
  const link = linkOf(model, id);
  if (link?.status !== 'CREATED' || link.activeId !== null) return refused(model, told);
  link.status = 'CANCELLED';
  return told.status === 204;
}

function askToStop(model: Model, { id }: Aimed, told: Told): boolean {
  const payment = paymentOf(model, id);
  return payment !== undefined && isUnderWay(payment) ? later(model, told) : refused(model, told);
}

function stop(model: Model, { id }: Aimed, told: Told): boolean {
  if (told.status === 403) return true;
  const payment = paymentOf(model, id);
  if (payment === undefined) return false;
  if (isUnderWay(payment)) payment.status = 'STOPPED';
  const link = linkOf(model, payment.linkId ?? undefined);
  if (link?.activeId === payment.id) link.activeId = null;
  return payment.status === 'STOPPED' && told.status === 204;
}

function reserve(model: Model, { id }: Aimed, told: Told): boolean {
  const payment = paymentOf(model, id);
  if (payment?.status !== 'COMPLETED' || payment.refund !== 'none' || !takesRefunds(model))
    return refused(model, told);
  payment.refund = 'under way';
  return told.status === 200;
}

function giveBack(model: Model, { id }: Aimed, told: Told): boolean {
  const payment = paymentOf(model, id);
  if (told.status === 200 && payment !== undefined) payment.refund = 'done';
  return true;
}

const ranks = { OPEN: 0, CLOSED: 1, SPLIT: 2, SETTLED: 3 } as const;
const goals = { close: 'CLOSED', split: 'SPLIT', settle: 'SETTLED' } as const;

/** One status at a time unless it is to go fast; closing and settling again are successes, splitting again is not. */
function advance(
  model: Model,
  { do: what, fast }: { do: keyof typeof goals; fast: boolean },
  told: Told,
): boolean {
  const goal = goals[what];
  const distance = ranks[goal] - ranks[model.status];
  if (distance <= 0) return told.status === (what === 'split' ? 403 : 204);
  if (distance > 1 && !fast) return refused(model, told);
  const isDividing = ranks[goal] >= ranks.SPLIT && ranks[model.status] < ranks.SPLIT;
  if (isDividing && model.payments.some((one) => isUnderWay(one) || one.refund === 'under way'))
    return refused(model, told);
  model.status = goal;
  return told.status === 204;
}

const readAllocations: Step = (model, told) => {
  if (ranks[model.status] < ranks.SPLIT) return refused(model, told);
  const left = model.payments.filter(({ status, refund }) => status === 'COMPLETED' && refund === 'none');
  return told.status === 200 && told.sum === left.reduce((sum, { amount }) => sum + amount, 0);
};
