import { randomUUID } from 'node:crypto';
import type { Contestant } from '../contestant.ts';
import { drive } from '../load.ts';
import { send } from '../send.ts';

const login = '<PostUsername>Bench_PxPost</PostUsername><PostPassword>bench</PostPassword>';
const card =
  '<CardNumber>4111111111111111</CardNumber><CardHolderName>ADA</CardHolderName><DateExpiry>1239</DateExpiry>';
const headers = { 'content-type': 'application/xml' };

export const contestant: Contestant = {
  name: 'ceiling: simulator',
  about: 'POST /pxpost.aspx, a purchase asked of the simulator itself',
  prepare: async ({ simulatorUrl }) =>
    drive(async () => {
      const id = randomUUID().replaceAll('-', '').slice(0, 16);
      const body = `<Txn>${login}${card}<TxnType>Purchase</TxnType><TxnId>${id}</TxnId><Amount>100.00</Amount><InputCurrency>AUD</InputCurrency></Txn>`;
      const { status, text } = await send(`${simulatorUrl}/pxpost.aspx`, { method: 'POST', headers, body });
      if (!text.includes('<Success>1</Success>'))
        throw new Error(`the simulator answered ${status}: ${text}`);
    }),
};
