import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContractSetup } from '../contract-setup.ts';

/** The certificates of an authority that exists in these tests alone. */
export function readPem(name: 'authority' | 'client' | 'client.key' | 'server' | 'server.key'): string {
  return readFileSync(join(import.meta.dirname, 'fixtures', `${name}.pem`), 'utf8');
}

export const setup: ContractSetup = {
  isOnWire: true,
  currency: 'SEK',
  declineCode: 'RF07',
  finishesLater: true,
  account: (simulatorUrl) => ({
    payeeAlias: '1231181189',
    baseUrl: simulatorUrl,
    certificate: readPem('client'),
    key: readPem('client.key'),
    authority: readPem('authority'),
  }),
};
