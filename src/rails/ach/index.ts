/** ACH: CCD+ entries in NACHA files, returns and notifications of change in the files that come back. */
import type { Rail } from '#kit/rail.ts';
import { openGateway } from '#kit/rail-gateway.ts';
import { composeNacha } from './compose-nacha.ts';
import { readReturn } from './read-return.ts';

export const rail: Rail = {
  name: 'ach',
  compose: composeNacha,
  open: (account, network) =>
    openGateway('ach', account, network, (news) => {
      if (news.file === undefined) return news;
      const read = readReturn(news.file);
      return read === undefined ? undefined : { sequence: news.sequence, ...read };
    }),
};
