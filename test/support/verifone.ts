/** A demo tenant that has its cards taken by Verifone instead of Windcave. */
import assert from 'node:assert/strict';
import type { TestApp } from './app.ts';

/** Says so over the native API, as a tenant does. */
export async function payCardsAtVerifone(app: TestApp): Promise<void> {
  const response = await fetch(`${app.url}/v1/connectors/verifone`, {
    method: 'PUT',
    headers: { ...app.native(), 'content-type': 'application/json' },
    body: JSON.stringify({
      methods: ['card'],
      account: {
        userId: 'demo-user',
        apiKey: 'demo-key',
        entityId: 'demo-entity',
        paymentContractId: 'demo-contract',
        threeDsContractId: '',
        baseUrl: app.simulatorUrl,
        pageOrigin: '',
      },
    }),
  });
  assert.equal(response.status, 200, await response.text());
}
