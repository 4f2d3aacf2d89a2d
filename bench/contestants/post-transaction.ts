import type { Contestant } from '../contestant.ts';
import { repeat } from '../load.ts';

export const contestant: Contestant = {
  name: 'post-transaction',
  about: 'POST /postransaction/ (Provet Cloud), a link for a prepayment',
  against: 'ceiling: http',
  bar: { atLeast: 0.4, p99Ms: 40 },
  prepare: async ({ urls, tenant }) => {
    const { provetCloud } = tenant;
    if (provetCloud === undefined) throw new Error('the demo has no Provet Cloud credentials');
    const { pathname } = new URL(provetCloud.base);
    const departmentId = Number(/(\d+)\/$/.exec(String(provetCloud.department))?.[1]);
    return repeat({
      urls: urls.map((url) => `${url}${pathname}/postransaction/`),
      method: 'POST',
      headers: { ...provetCloud.headers, 'content-type': 'application/json' },
      body: JSON.stringify({
        amount: '120.50',
        terminal_id: 0,
        payment_type: 5003,
        transaction_type: 4,
        creator: provetCloud.user,
        department: provetCloud.department,
        payment_link_data: { duration: 2_880, email: 'bertil@example.com', delivery_method: 0 },
        prepayment_data: {
          client_id: provetCloud.practiceClientId,
          department_id: departmentId,
          description: 'Prepayment for surgery.',
        },
      }),
    });
  },
};
