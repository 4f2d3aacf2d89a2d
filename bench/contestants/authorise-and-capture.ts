import type { Contestant } from '../contestant.ts';
import { keepCard } from '../kept-card.ts';
import { drive } from '../load.ts';
import { post } from '../shop.ts';

export const contestant: Contestant = {
  name: 'create, authorise, capture',
  about:
    'POST /charge as a pre-authorisation, POST /completepreauth (Provet), both at the simulator over HTTP',
  counts: 'payments',
  against: 'ceiling: simulator',
  prepare: async (bench) => {
    const { bases, headers, charge } = await keepCard(bench);
    const hold = JSON.stringify({ ...charge, IsPreAuth: true });
    return drive(async (worker) => {
      const base = bases[worker % bases.length];
      const { Id: PaymentId } = await post(`${base}/charge`, headers, hold);
      await post(`${base}/completepreauth`, headers, JSON.stringify({ PaymentId, Amount: charge.Amount }));
    });
  },
};
