import type { Contestant } from '../contestant.ts';
import { orderStatements, pgbench } from '../pgbench.ts';

export const contestant: Contestant = {
  name: 'ceiling: transaction',
  about: 'pgbench writes the same in a plain transaction of two statements',
  counts: 'transactions',
  prepare: async (bench) => {
    const statements = orderStatements(bench.tenant.ping?.headers.tenant_id ?? '');
    const lines = ['begin', ...statements, 'commit'].map((line) => `${line.replaceAll('\n', ' ')};`);
    return pgbench(bench, `${lines.join('\n')}\n`);
  },
};
