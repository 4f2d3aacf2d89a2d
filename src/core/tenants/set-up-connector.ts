import type { ConnectorAccount } from '#kit/connector.ts';
import { CoreError, invalid, notFound } from '#kit/errors.ts';
import type { Answer, Call, ConnectorDescription, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { requireNoneOpen } from '../operations/require-none-open.ts';
import { findConnectorAccount, putConnectorAccount } from './connector-account.ts';
import { holdTenantWhole } from './read-tenant.ts';
import { requireReachable } from './require-reachable.ts';
import { updateTenant } from './store.ts';
import { haveServe, type Tenant } from './tenant.ts';

export interface ConnectorInput {
  readonly connector: string;
  readonly account: ConnectorAccount;
  /** Which of the tenant's payment methods it is to serve; it serves no other from now on. */
  readonly methods: readonly string[];
}

/**
 * Keeps a tenant's account at a processor and has it serve payment methods. An unknown connector is `not_found`; a field
 * or method that cannot be is named as `account.<field>` or `methods.<index>`. While operations are open there, only
 * secret fields may change: another account would have no record of them, which must not be taken for their failure.
 */
export async function setUpConnector(
  core: Core,
  call: Call,
  input: ConnectorInput,
): Promise<Answer<{ connector: string }>> {
  const { connector, account } = input;
  const described = core.processors.list().find(({ name }) => name === connector);
  if (described === undefined) throw notFound('connector');
  if (described.testOnly === true && call.tenant.mode === 'live')
    throw new CoreError(
      'operation_forbidden',
      'No money moves behind this connector: it serves test tenants.',
    );
  checkMethods(described, input);
  checkAccount(core, described, call.tenant, account);
  return runOnce(core, call, async (transaction) => {
    const inside = { ...core, database: transaction };
    const tenant = await holdTenantWhole(transaction, call.tenant.id);
    const before = await findConnectorAccount(inside, tenant.id, connector);
    if (before !== undefined && isOtherAccount(described, before, account))
      await requireNoneOpen(transaction, tenant.id, connector);
    await putConnectorAccount(inside, tenant.id, connector, account);
    const settings = haveServe(tenant.settings, connector, input.methods);
    await updateTenant(transaction, { ...tenant, settings });
    return { connector };
  });
}

function checkMethods(described: ConnectorDescription, { methods }: ConnectorInput): void {
  const at = methods.findIndex((method) => !described.methods.includes(method));
  if (at >= 0)
    throw invalid(
      `methods.${at}`,
      'invalid_enum',
      `${described.name} serves ${described.methods.join(', ')} and nothing else.`,
    );
}

function checkAccount(
  core: Core,
  { name, accountFields }: ConnectorDescription,
  { mode }: Pick<Tenant, 'mode'>,
  account: ConnectorAccount,
): void {
  const fields = new Map(accountFields.map((field) => [field.name, field]));
  for (const [field, value] of Object.entries(account)) {
    const property = `account.${field}`;
    const known = fields.get(field);
    if (known === undefined) throw invalid(property, 'unknown_field', `${name} has no field of this name.`);
    if (mode === 'live' && !known.secret && URL.parse(value)?.protocol === 'http:')
      throw invalid(property, 'invalid_format', `${property} must be https: this is a live tenant.`);
    if (/^https?:/i.test(value)) requireReachable(core, property, value);
  }
  try {
    core.processors.checkAccount(name, account);
  } catch (error) {
    throw error instanceof CoreError ? insideAccount(error) : error;
  }
}

/** The connector names its fields; the caller sent them inside `account`. */
function insideAccount({ code, message, problems }: CoreError): CoreError {
  const inside = problems.map((one) => ({ ...one, property: `account.${one.property}` }));
  return new CoreError(code, message, inside);
}

/** Whether it is another account, and not the same one with a new password. */
function isOtherAccount(
  { accountFields }: ConnectorDescription,
  before: ConnectorAccount,
  after: ConnectorAccount,
): boolean {
  return accountFields.some(({ name, secret }) => !secret && before[name] !== after[name]);
}
