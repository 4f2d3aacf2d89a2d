import assert from 'node:assert/strict';
import { test } from 'node:test';
import { facade } from '#facades/native/index.ts';
import { facadeDescription } from './describe-facade.ts';

test('a description is made once, and again only where it could not be made', async () => {
  let asked = 0;
  const broken = {
    ...facade,
    get title(): string {
      asked += 1;
      if (asked === 1) throw new Error('not now');
      return facade.title;
    },
  };
  const describe = facadeDescription(broken);
  await assert.rejects(describe(), /not now/);
  const [first, second] = await Promise.all([describe(), describe()]);
  assert.equal(first, second);
  assert.equal((first as { info: { title: string } }).info.title, facade.title);
});
