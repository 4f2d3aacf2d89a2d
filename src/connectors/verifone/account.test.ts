import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConnectorAccount } from '#kit/connector.ts';
import { CoreError } from '#kit/errors.ts';
import { connector } from './index.ts';
import { account, base } from './stub-network.ts';

describe('an account at Verifone', () => {
  it('names the field that is wrong, and never its value', () => {
    const wrong: readonly (readonly [string, string])[] = [
      ['userId', ''],
      ['userId', 'a:b'],
      ['apiKey', 'schlüssel'],
      ['entityId', ''],
      ['paymentContractId', 'with space'],
      ['baseUrl', 'ftp://verifone.example'],
      ['baseUrl', 'https://user:secret@verifone.example'],
      ['pageOrigin', 'nowhere'],
    ];
    for (const [name, value] of wrong) {
      const fields: ConnectorAccount = { ...account, [name]: value };
      assert.throws(
        () => connector.open(fields, { timeoutMs: 1, exchange: () => Promise.reject(new Error()) }),
        (error) =>
          error instanceof CoreError &&
          error.problems[0]?.property === name &&
          (value === '' || !error.message.includes(value)),
      );
    }
  });

  it('allows payers to be sent to its own pages and nowhere else', () => {
    assert.deepEqual(connector.pageOrigins?.(account), [base]);
    const other = { ...account, pageOrigin: 'https://pay.verifone.example/anything' };
    assert.deepEqual(connector.pageOrigins?.(other), [base, 'https://pay.verifone.example']);
  });
});
