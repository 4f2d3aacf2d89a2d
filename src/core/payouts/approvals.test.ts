import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { CredentialId } from '#kit/ids.ts';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { checkOrder } from '#test/support/optum-client.ts';
import { openPayoutAccount } from '../payout-accounts/open-account.ts';
import { advancePayouts } from './advance-payouts.ts';
import { declinePayout } from './decline-payout.ts';
import type { PayoutOrder } from './order.ts';
import { readPayout } from './read-payout.ts';
import { reissuePayout } from './reissue-payout.ts';
import { releasePayout } from './release-payout.ts';

let app: TestApp;
before(async () => {
  app = await startTestApp();
});
after(() => app.stop());

const maker = '11111111-1111-4111-8111-111111111111' as CredentialId;
const checker = '22222222-2222-4222-8222-222222222222' as CredentialId;
const other = '33333333-3333-4333-8333-333333333333' as CredentialId;

/** A held payout of 100.00, of an account where makers do not release and 50.00 takes two. */
async function openHeld(fromMinor: number) {
  const { core } = app.app;
  const [first] = app.tenants;
  assert.ok(first);
  const { tenant } = first;
  const accountId = `strict-${fromMinor}`;
  await openPayoutAccount(core, tenant, {
    id: accountId,
    bankAccountNumber: '1',
    firstCheck: BigInt(fromMinor) * 1_000n,
    settings: {
      fundingType: 'PostFunded',
      hold: true,
      approval: { makerMayRelease: false, tiers: [{ fromMinor, approvers: 2 }] },
      payer: { name: 'PAYER', tin: '123456789' },
      bankName: 'BANK',
      routingNumber: '121042882',
      gatewayUrl: app.simulatorUrl,
      offset: false,
    },
  });
  const call = (credentialId: CredentialId) => ({ tenant, origin: 'optum', credentialId });
  const { result } = await app.app.batched.createPayout(call(maker), {
    accountId,
    order: checkOrder() as PayoutOrder,
  });
  const id = result.payoutId;
  await advancePayouts(core, tenant.id);
  const statusOf = async () => (await readPayout(core, tenant, id)).status;
  return { core, call, id, statusOf };
}

it('whoever ordered a payout may not release it where the account says so', async () => {
  const { core, call, id, statusOf } = await openHeld(50_000);
  const release = { id, releasedBy: 'somebody else, says the maker' };
  await assert.rejects(releasePayout(core, call(maker), release), { code: 'operation_forbidden' });
  assert.equal(await statusOf(), 'held');
  await releasePayout(core, call(checker), release);
  assert.notEqual(await statusOf(), 'held');
});

it('a payout of a tier that wants two approvers is released by the second, whoever asks twice', async () => {
  const { core, call, id, statusOf } = await openHeld(5_000);
  const release = { id, releasedBy: '' };
  await releasePayout(core, call(checker), release);
  await releasePayout(core, call(checker), release);
  assert.equal(await statusOf(), 'held');
  await releasePayout(core, call(other), release);
  assert.notEqual(await statusOf(), 'held');
});

it('a declined payout was never funded, and cannot be issued again past its approval', async () => {
  const { core, call, id, statusOf } = await openHeld(6_000);
  await declinePayout(core, call(checker), { id, reason: 'not ours to pay' });
  assert.equal(await statusOf(), 'voided');
  await assert.rejects(releasePayout(core, call(checker), { id, releasedBy: '' }), { code: 'conflict' });
  await assert.rejects(reissuePayout(core, call(maker), { id, reason: '' }), { code: 'conflict' });
});
