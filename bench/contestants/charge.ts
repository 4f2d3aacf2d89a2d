import type { Contestant } from '../contestant.ts';
import { keepCard } from '../kept-card.ts';
import { repeat } from '../load.ts';

export const contestant: Contestant = {
  name: 'charge of a kept card',
  about: 'POST /charge (Provet), approved by the simulator over HTTP',
  against: 'ceiling: simulator',
  prepare: async (bench) => {
    const { bases, headers, charge } = await keepCard(bench);
    return repeat({
      urls: bases.map((base) => `${base}/charge`),
      method: 'POST',
      headers,
      body: JSON.stringify(charge),
    });
  },
};
