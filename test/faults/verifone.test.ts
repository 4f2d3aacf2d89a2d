import assert from 'node:assert/strict';
import { test } from 'node:test';
import { survive } from './survive.ts';

/** `FAULT_LINKS=1000` makes it the full measure: a thousand payments and more. */
const links = Number(process.env.FAULT_LINKS ?? 40);

test('of Verifone payments with three faults in ten requests none is doubled, lost or stuck', async (context) => {
  assert.ok((await survive(context, links, 0.3, 'verifone')) >= links);
});
