import type { Core } from '../../core/core.ts';
import { fundPayoutAccount } from '../../core/payout-accounts/fund-account.ts';
import { openPayoutAccount } from '../../core/payout-accounts/open-account.ts';
import { createAccessToken } from '../../core/tenants/create-access-token.ts';
import { createCredential } from '../../core/tenants/create-credential.ts';
import { businessNow } from '../../core/tenants/tenant.ts';
import type { CredentialId } from '../../kit/ids.ts';
import { routingCheckDigit } from '../../kit/us-identifiers.ts';
import { demoId, demoSecret } from '../derive.ts';
import type { DemoEntry, DemoPart, DemoSeat } from '../part.ts';

/** The two accounts of a tenant: one issues at once, the other holds until somebody releases. */
const accounts = [
  { entry: 'optum', account: 'acc-1', hold: false },
  { entry: 'optumHold', account: 'acc-hold', hold: true },
] as const;

type DemoAccount = (typeof accounts)[number];

/** 10,000,000.00 USD. */
const demoFunds = 1_000_000_000n;

export const part: DemoPart = {
  seed: async (core, seat) => {
    const entries = await Promise.all(
      accounts.map(async (one, index) => {
        await openAccount(core, seat, { one, index });
        return [one.entry, await openClient(core, seat, one)] as const;
      }),
    );
    return Object.fromEntries(entries);
  },
};

async function openAccount(
  core: Core,
  { tenant, simulatorUrl }: DemoSeat,
  { one, index }: { one: DemoAccount; index: number },
): Promise<void> {
  const bank = bankOf(tenant.name, index);
  await openPayoutAccount(core, tenant, {
    id: one.account,
    bankAccountNumber: '9900112233',
    firstCheck: bank.firstCheck,
    settings: {
      fundingType: 'PreFundedSameDay',
      hold: one.hold,
      approval: { makerMayRelease: true, tiers: [] },
      payer: {
        name: 'EVERY HEALTH TPA',
        tin: '123456789',
        address: { line1: '1 PAYER WAY', city: 'OKLAHOMA CITY', state: 'OK', postalCode: '73102' },
        contact: { name: 'PROVIDER SERVICES', phone: '8005550100' },
      },
      bankName: 'FIRST EXAMPLE BANK',
      routingNumber: bank.routingNumber,
      gatewayUrl: simulatorUrl,
      offset: false,
    },
  });
  const at = businessNow(core.clock, tenant);
  const funding = { tenantId: tenant.id, accountId: one.account, reference: 'demo', amount: demoFunds, at };
  await fundPayoutAccount(core, funding);
}

/** A bank, and a range of check numbers, of its own for each account, so that the simulator can tell them apart. */
function bankOf(tenantName: string, index: number): { routingNumber: string; firstCheck: bigint } {
  const place = (tenantName === 'Demo One' ? 0 : 2) + index;
  const first = String(12_104_288 + place);
  return {
    routingNumber: `${first}${routingCheckDigit(first)}`,
    firstCheck: BigInt(place + 1) * 1_000_000n + 1n,
  };
}

async function openClient(core: Core, { tenant }: DemoSeat, one: DemoAccount): Promise<DemoEntry> {
  const clientId = demoSecret(tenant.name, `${one.entry} client`).slice(0, 20);
  const clientSecret = demoSecret(tenant.name, `${one.entry} secret`);
  const credentialId = demoId(tenant.name, one.entry) as CredentialId;
  await createCredential(core, tenant, {
    id: credentialId,
    facade: 'optum',
    lookup: clientId,
    secret: clientSecret,
    label: 'demo',
    account: one.account,
  });
  const token = await createAccessToken(core, {
    tenantId: tenant.id,
    facade: 'optum',
    credentialId,
    lasting: demoSecret(tenant.name, `${one.entry} token`),
  });
  return {
    base: `${core.publicUrl}/api/issue/v1`,
    headers: { authorization: `Bearer ${token}` },
    tenantId: tenant.id,
    tokenUrl: `${core.publicUrl}/api/issue/oauth2/token`,
    clientId,
    clientSecret,
  };
}
