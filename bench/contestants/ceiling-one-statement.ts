import type { Contestant } from '../contestant.ts';
import { orderStatements, pgbench } from '../pgbench.ts';

export const contestant: Contestant = {
  name: 'ceiling: one statement',
  about: 'pgbench writes an order and its event in one statement, one commit each',
  counts: 'transactions',
  prepare: async (bench) => {
    const [order, event] = orderStatements(bench.tenant.ping?.headers.tenant_id ?? '');
    return pgbench(bench, `with made as (${order}) ${event};\n`.replaceAll('\n', ' '));
  },
};
