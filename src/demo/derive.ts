/** Ids and secrets of the demo: the same at every start and on every node of one database. */
import { demoMasterKey } from '../config.ts';
import { deriveKey } from '../kit/secrets.ts';

/** No secret at all, for the key it comes from is public: production refuses to start with it. */
export function demoSecret(tenantName: string, purpose: string): string {
  return deriveKey(demoMasterKey, `${tenantName}: ${purpose}`).toString('base64url');
}

export function demoId(tenantName: string, purpose: string): string {
  const hex = deriveKey(demoMasterKey, `${tenantName}: id of ${purpose}`).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
