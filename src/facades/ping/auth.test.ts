import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startTestApp, type TestApp } from '#test/support/app.ts';
import { sendJson } from '#test/support/ping-client.ts';

let app: TestApp;
before(async () => {
  app = await startTestApp();
});
after(() => app.stop());

const list = (headers: Record<string, string>) => sendJson(`${app.url}/api/v1/payment_links`, 'GET', headers);

describe('the Ping façade opens for tenant_id and x-api-secret together', () => {
  it('and for nothing less: all that is wrong is one and the same 401', async () => {
    const { tenant_id = '', 'x-api-secret': secret = '' } = app.ping();
    const { tenant_id: otherId = '', 'x-api-secret': otherSecret = '' } = app.ping(1);
    const wrong: Record<string, string>[] = [
      {},
      { tenant_id },
      { 'x-api-secret': secret },
      { tenant_id, 'x-api-secret': `${secret}x` },
      { tenant_id, 'x-api-secret': otherSecret },
      { tenant_id: otherId, 'x-api-secret': secret },
      { tenant_id: '34f5c98e-f430-457b-a812-92637d0c6fd0', 'x-api-secret': secret },
      { tenant_id: 'not a uuid', 'x-api-secret': secret },
      { 'tenant-id': tenant_id, 'x-api-secret': secret },
      { tenant_id, 'x-api-secret': secret.toUpperCase() },
      app.native(),
    ];
    for (const headers of wrong) {
      const { status, body } = await list(headers);
      assert.equal(status, 401, JSON.stringify(headers));
      assert.deepEqual(body, {
        errors: [
          { description: 'The credentials are missing or wrong.', error: 'unauthorized', property: null },
        ],
      });
    }
    assert.equal((await list(app.ping())).status, 200);
  });

  it('whatever the case the tenant’s id is written in: it is the same id', async () => {
    const { tenant_id = '', ...secret } = app.ping();
    assert.equal((await list({ ...secret, tenant_id: tenant_id.toUpperCase() })).status, 200);
  });

  it('with any x-api-version, or none', async () => {
    for (const version of ['2025-03-06', '2025-12-09', 'nonsense'])
      assert.equal((await list({ ...app.ping(), 'x-api-version': version })).status, 200);
  });
});
