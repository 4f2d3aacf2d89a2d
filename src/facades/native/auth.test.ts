import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Authenticator } from '#core/tenants/authenticate.ts';
import type { Tenant } from '#core/tenants/tenant.ts';
import type { TenantId } from '#kit/ids.ts';
import { authenticate, writeKey } from './auth.ts';

const tenant: Tenant = {
  id: '00000000-0000-4000-8000-000000000001' as TenantId,
  organisationId: '00000000-0000-4000-8000-000000000002',
  name: 'Clinic',
  mode: 'test',
  country: 'SE',
  zone: 'Europe/Stockholm',
  clockOffsetMs: 0,
  settings: { connectors: {} },
  callbackPublicKey: null,
};

function knowing(lookup: string, secret: string): Authenticator {
  return {
    authenticate: async (facade, ...given) =>
      facade === 'native' && given[0] === lookup && given[1] === secret ? tenant : undefined,
    authenticateToken: async () => undefined,
    forget: () => undefined,
    flush: async () => undefined,
  };
}

const ask = (authorization: string | undefined, secret = 's_e-cret') =>
  authenticate({ authorization }, knowing('LOOKUP1', secret));

test('a key opens the tenant it belongs to, underscores in its secret included', async () => {
  assert.equal(await ask('Bearer qk_test_LOOKUP1_s_e-cret'), tenant);
  assert.equal(await ask('bearer qk_test_LOOKUP1_s_e-cret'), tenant);
  assert.equal(await ask(`Bearer ${writeKey('test', 'LOOKUP1', '_x__')}`, '_x__'), tenant);
});

test('a key of the other mode opens nothing, be its secret right', async () => {
  assert.equal(await ask('Bearer qk_live_LOOKUP1_s_e-cret'), undefined);
});

test('what is not exactly a key opens nothing', async () => {
  const wrong = [
    undefined,
    '',
    'Bearer',
    'Basic qk_test_LOOKUP1_s_e-cret',
    'Bearer  qk_test_LOOKUP1_s_e-cret',
    'Bearer qk_test_LOOKUP1_s_e-cret ',
    'Bearer QK_TEST_LOOKUP1_s_e-cret',
    'Bearer qk_test_LOOKUP1_',
    'Bearer qk_test__s_e-cret',
    'Bearer qk_test_LOOKUP1',
    'Bearer qk_test_lookup1_s_e-cret',
    'Bearer qk_test_LOOKUP1_s_e-cre',
    `Bearer qk_test_LOOKUP1_${'x'.repeat(129)}`,
  ];
  for (const authorization of wrong) assert.equal(await ask(authorization), undefined, authorization);
});
