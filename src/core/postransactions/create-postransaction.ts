import type { Transaction } from '#db/database.ts';
import { groupCommit } from '#db/group-commit.ts';
import { CoreError, invalid } from '#kit/errors.ts';
import { normalisePhone } from '#kit/phone.ts';
import { canKeepCards } from '../cards/expect-card.ts';
import type { Answer, Call, Core } from '../core.ts';
import type { Hook } from '../hooks/hook.ts';
import { findHooks, ringFound } from '../hooks/ring-hooks.ts';
import { type Asked, type Outcomes, runTogether } from '../idempotency/run-together.ts';
import { queueInvitations } from '../links/distribute-link.ts';
import { writeLinks } from '../links/write-links.ts';
import { openOrders } from '../orders/open-orders.ts';
import { finalised, type PracticeObject } from '../practice/practice.ts';
import { readPhones } from '../practice/read-practice.ts';
import type { Postransaction } from './postransaction.ts';
import {
  type NewPostransactionInput,
  type Prepared,
  preparePostransaction,
  type Recipients,
} from './prepare-postransaction.ts';
import { readDue } from './read-postransactions.ts';
import { insertPostransactions, takeIds } from './store.ts';

/** What a request for a post-transaction is answered. */
export interface PostransactionAnswer extends Answer<{ id: string }> {
  /** The post-transaction as it was made; absent where it was made before. */
  readonly postransaction?: Postransaction;
}

export type CreatePostransaction = (
  call: Call,
  input: NewPostransactionInput,
) => Promise<PostransactionAnswer>;

/**
 * Makes payment links for invoices and prepayments of a practice system, and queues their messages. Requests that arrive
 * together are written by one set of statements and one commit; one that is refused does not hold up the others.
 * `validation_failed` names what is wrong in the words of the wire: `department` that allows no links, `invoice` that is
 * not finalised, `amount` above what is due, `tokenize` where no processor keeps cards. Where there is nowhere to send a
 * link, it is made all the same.
 */
export function postransactionCreation(core: Core): CreatePostransaction {
  const create = groupCommit({ run: (batch: readonly Wanted[]) => createBatch(core, batch) });
  return (call, input) => create({ call, input });
}

/** What hooks hear of a prepayment that is asked for. */
const prepaidTrigger = 'unallocatedpayment';

interface Wanted {
  readonly call: Call;
  readonly input: NewPostransactionInput;
}

interface Request extends Asked<{ id: string }>, Wanted {
  readonly id: bigint;
}

async function createBatch(core: Core, batch: readonly Wanted[]): Promise<(PostransactionAnswer | Error)[]> {
  return core.database.transaction(async (transaction) => {
    const [ids, known] = await Promise.all([
      takeIds(transaction, batch.length),
      readKnown(transaction, batch),
    ]);
    const requests = batch.map((wanted, index): Request => {
      const id = ids[index] ?? 0n;
      return { ...wanted, id, foreseen: { id: String(id) } };
    });
    return runTogether(core, transaction, requests, (fresh) => insertFresh(core, transaction, fresh, known));
  });
}

/** What the practice has that requests go by. */
interface Known {
  readonly dueOf: (invoice: PracticeObject<'invoice'>) => bigint;
  readonly recipientsOf: (wanted: Wanted) => Recipients;
  readonly hooks: readonly Hook[];
}

/** Asked for together, for all requests: each answer that is waited for costs the batch a turn. */
async function readKnown(transaction: Transaction, batch: readonly Wanted[]): Promise<Known> {
  const prepaid = batch.filter(({ input: { purpose } }) => purpose.kind === 'prepayment');
  const [dueOf, recipientsOf, hooks] = await Promise.all([
    readDue({ database: transaction }, batch.flatMap(invoiceOf)),
    findRecipients(transaction, batch),
    findHooks(
      transaction,
      prepaid.map(({ call }) => ({ tenantId: call.tenant.id, trigger: prepaidTrigger })),
    ),
  ]);
  return { dueOf, recipientsOf, hooks };
}

async function insertFresh(
  core: Core,
  transaction: Transaction,
  fresh: readonly Request[],
  { dueOf, recipientsOf, hooks }: Known,
): Promise<Outcomes<Request, PostransactionAnswer>> {
  const outcomes = new Map<Request, PostransactionAnswer | CoreError>();
  const made: Made[] = [];
  for (const request of fresh) {
    const refusal = refuse(core, request, dueOf);
    if (refusal !== undefined) {
      outcomes.set(request, refusal);
      continue;
    }
    const { call, id, input, foreseen } = request;
    const prepared = preparePostransaction(core, call, { id, input, known: recipientsOf(request) });
    made.push({ call, ...prepared });
    const { postransaction } = prepared;
    outcomes.set(request, { result: foreseen, replayed: false, postransaction });
  }
  if (made.length > 0) await write(core, transaction, made, hooks);
  return outcomes;
}

interface Made extends Prepared {
  readonly call: Call;
}

async function write(
  core: Core,
  transaction: Transaction,
  made: readonly Made[],
  hooks: readonly Hook[],
): Promise<void> {
  await openOrders(
    core,
    transaction,
    made.map(({ call, link }) => ({ call, id: link.orderId, currency: link.currency })),
  );
  await writeLinks(core, transaction, made);
  await insertPostransactions(
    transaction,
    made.map(({ postransaction }) => postransaction),
  );
  await queueInvitations(
    core,
    transaction,
    made.filter(({ recipients }) => recipients.length > 0).map((one) => ({ ...one, request: 'created' })),
  );
  const prepaid = made.filter(({ postransaction: { prepayment } }) => prepayment !== null);
  await ringFound(
    core,
    transaction,
    prepaid.map(({ postransaction: { tenantId, id, departmentId, createdAt: at } }) => ({
      tenantId,
      trigger: prepaidTrigger,
      objectId: id,
      departmentId,
      at,
    })),
    hooks,
  );
}

function invoiceOf({ input: { purpose } }: Wanted): PracticeObject<'invoice'>[] {
  return purpose.kind === 'invoice' ? [purpose.invoice] : [];
}

function refuse(
  core: Core,
  { call: { tenant }, input }: Request,
  dueOf: (invoice: PracticeObject<'invoice'>) => bigint,
): CoreError | undefined {
  const { amount, department, purpose, keepsCard } = input;
  if (keepsCard !== undefined && !canKeepCards(core, tenant))
    return invalid('payment_link_data.tokenize', 'out_of_range', 'No processor that keeps cards is set up.');
  if (!department.fields.allowsLinks)
    return invalid('department', 'out_of_range', 'The department does not allow Provet Pay processing.');
  if (tenant.settings.connectors.card === undefined)
    return new CoreError('operation_forbidden', 'No processor takes cards for this tenant.');
  if (purpose.kind === 'prepayment') return undefined;
  const { invoice } = purpose;
  if (invoice.fields.status !== finalised)
    return invalid('invoice', 'out_of_range', 'Payments can be made for finalized invoices only.');
  if (invoice.fields.currency !== department.fields.currency)
    return invalid('department', 'out_of_range', 'The invoice is in another currency than the department.');
  if (amount > dueOf(invoice))
    return invalid('amount', 'out_of_range', 'The amount is more than what is due of the invoice.');
  return undefined;
}

/** Where each medium goes: the address given, else the client's own; null where there is none. */
async function findRecipients(
  transaction: Transaction,
  batch: readonly Wanted[],
): Promise<(wanted: Wanted) => Recipients> {
  const asking = batch.filter(({ input }) => input.phone === null);
  const phones = await readPhones(
    { database: transaction },
    asking.map(({ input }) => input.client),
  );
  // The first of each client is the primary one.
  const primary = new Map(
    phones.toReversed().map((one) => [`${one.tenantId} ${one.fields.clientId}`, one.fields.number]),
  );
  return ({ call: { tenant }, input: { client, email, phone } }) => {
    const own = phone ?? primary.get(`${client.tenantId} ${client.id}`);
    return {
      email: email ?? client.fields.email,
      sms: own === undefined ? null : (normalisePhone(own, tenant.country) ?? null),
    };
  };
}
