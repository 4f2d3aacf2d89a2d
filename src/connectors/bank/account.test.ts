import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CoreError } from '#kit/errors.ts';
import { requireAccount } from './account.ts';

function refused(account: Record<string, string>): string | undefined {
  try {
    requireAccount(account);
    return undefined;
  } catch (error) {
    assert.ok(error instanceof CoreError);
    return error.problems[0]?.property;
  }
}

test('an account payers can transfer to is one with a bankgiro number or an IBAN', () => {
  assert.equal(refused({ bankgiroNumber: '5050-1055' }), undefined);
  assert.equal(refused({ bankgiroNumber: '50501055' }), undefined);
  assert.equal(refused({ iban: 'SE35 5000 0000 0549 1000 0003', bic: 'ESSESESS' }), undefined);
  assert.equal(refused({ clearingNumber: '5491', accountNumber: '0000003' }), 'bankgiroNumber');
  assert.equal(refused({}), 'bankgiroNumber');
});

test('a mistyped digit is told by its field', () => {
  assert.equal(refused({ bankgiroNumber: '5050-1056' }), 'bankgiroNumber');
  assert.equal(refused({ iban: 'SE35 5000 0000 0549 1000 0004' }), 'iban');
  assert.equal(refused({ bankgiroNumber: '5050-1055', bic: 'ESSE' }), 'bic');
  assert.equal(refused({ bankgiroNumber: '5050-1055', clearingNumber: '549' }), 'clearingNumber');
  assert.equal(refused({ bankgiroNumber: '5050-1055', accountNumber: '0000 003' }), 'accountNumber');
});
