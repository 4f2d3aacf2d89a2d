import type { Contestant, Round } from '../contestant.ts';
import { postOn } from '../post-on.ts';

const hotAccounts = 10;

export const contestant: Contestant = {
  name: 'ledger, 10 accounts',
  about: `postings a second between ${hotAccounts} accounts, in this process`,
  counts: 'postings',
  against: 'ceiling: http',
  prepare: async (bench): Promise<Round | undefined> => postOn(bench, hotAccounts),
};
