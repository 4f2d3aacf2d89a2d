import assert from 'node:assert/strict';
import { test } from 'node:test';
import { survive } from './survive.ts';

test('sixty links are paid and refunded once each while half of all requests fail', async (context) => {
  await survive(context, 60, 0.5);
});

test('of 2,000 payments with three faults in ten requests none is doubled, lost or stuck', async (context) => {
  assert.ok((await survive(context, 1_700, 0.3)) >= 2_000);
});
