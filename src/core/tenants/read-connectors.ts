import { notFound } from '#kit/errors.ts';
import type { ConnectorDescription, Core } from '../core.ts';
import { findConnectorAccount } from './connector-account.ts';
import { readTenant } from './read-tenant.ts';
import type { Tenant } from './tenant.ts';

/** A connector as one tenant has it set up. */
export interface TenantConnector {
  readonly name: string;
  /** The payment methods it can serve. */
  readonly methods: readonly string[];
  /** Those it serves for this tenant. */
  readonly serves: readonly string[];
  readonly fields: readonly ConnectorField[];
}

export interface ConnectorField {
  readonly name: string;
  readonly about: string;
  readonly secret: boolean;
  readonly isSet: boolean;
  /** Null where it is secret or not set. */
  readonly value: string | null;
}

/** The connectors a tenant may be served by, with what it has set up of each, secrets left out. By name. */
export async function listConnectors(core: Core, { id }: Pick<Tenant, 'id'>): Promise<TenantConnector[]> {
  const tenant = await readTenant(core, id);
  const offered = core.processors
    .list()
    .filter(({ testOnly }) => tenant.mode === 'test' || testOnly !== true);
  return Promise.all(offered.map((one) => describe(core, tenant, one)));
}

/** One of them. One that there is not, or not for this tenant, is `not_found`. */
export async function readConnector(
  core: Core,
  tenant: Pick<Tenant, 'id'>,
  name: string,
): Promise<TenantConnector> {
  const found = (await listConnectors(core, tenant)).find((one) => one.name === name);
  if (found === undefined) throw notFound('connector');
  return found;
}

async function describe(
  core: Core,
  { id, settings }: Tenant,
  { name, methods, accountFields }: ConnectorDescription,
): Promise<TenantConnector> {
  const account = (await findConnectorAccount(core, id, name)) ?? {};
  return {
    name,
    methods,
    serves: methods.filter((method) => settings.connectors[method] === name),
    fields: accountFields.map((field) => {
      const value = account[field.name] ?? null;
      return { ...field, isSet: value !== null, value: field.secret ? null : value };
    }),
  };
}
