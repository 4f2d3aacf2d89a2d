import { readdir } from 'node:fs/promises';
import type { Core } from '../core/core.ts';
import { createMerchant } from '../core/merchants/create-merchant.ts';
import { generateCallbackKey } from '../core/tenants/callback-key.ts';
import { createTenant } from '../core/tenants/create-tenant.ts';
import { readTenant } from '../core/tenants/read-tenant.ts';
import type { Tenant } from '../core/tenants/tenant.ts';
import type { MerchantId, TenantId } from '../kit/ids.ts';
import { demoId } from './derive.ts';
import type { DemoEntry, DemoPart } from './part.ts';

const names = ['Demo One', 'Demo Two'] as const;

/** Demo tenants may ask a thousand times as often as others. */
const requestsPerMinute = 6_000_000;
const routeRateFactor = 1_000;

export interface DemoTenant {
  readonly tenant: Tenant;
  readonly merchantId: MerchantId;
  /** What `/demo.json` tells of the tenant, by façade. */
  readonly entries: Readonly<Record<string, DemoEntry>>;
}

/** Makes the demo's tenants, or finds them as they were: their ids and secrets follow from their names. */
export async function seedDemo(core: Core, simulatorUrl: string): Promise<DemoTenant[]> {
  const parts = await findParts();
  return Promise.all(names.map((name) => seedTenant(core, name, { parts, simulatorUrl })));
}

async function findParts(): Promise<DemoPart[]> {
  const files = (await readdir(new URL('./parts/', import.meta.url))).filter((name) => name.endsWith('.ts'));
  const modules = await Promise.all(
    files.sort().map(async (name) => (await import(`./parts/${name}`)) as { part: DemoPart }),
  );
  return modules.map(({ part }) => part);
}

async function seedTenant(
  core: Core,
  name: string,
  { parts, simulatorUrl }: { parts: readonly DemoPart[]; simulatorUrl: string },
): Promise<DemoTenant> {
  const id = demoId(name, 'tenant') as TenantId;
  await createTenant(core, {
    id,
    organisationId: demoId(name, 'organisation'),
    name,
    mode: 'test',
    country: 'SE',
    zone: 'Europe/Stockholm',
    settings: {
      connectors: Object.assign({}, ...parts.map(({ connectors }) => connectors)),
      organisationNumber: '556677-8899',
      requestsPerMinute,
      routeRateFactor,
      ...Object.assign({}, ...parts.map(({ settings }) => settings)),
    },
  });
  const tenant = await readTenant(core, id);
  if (tenant.callbackPublicKey === null) await generateCallbackKey(core, id);
  const merchantId = demoId(name, 'merchant') as MerchantId;
  await createMerchant(core, tenant, {
    id: merchantId,
    name: `${name} Djurklinik`,
    organisationNumber: '556677-8899',
  });
  const entries: Record<string, DemoEntry> = {};
  for (const part of parts)
    Object.assign(entries, await part.seed(core, { tenant, merchantId, simulatorUrl }));
  return { tenant, merchantId, entries };
}
