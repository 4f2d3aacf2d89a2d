import { invalid } from '#kit/errors.ts';
import type { CredentialId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { createCredential } from '../tenants/create-credential.ts';
import type { Issued } from '../tenants/issue-credential.ts';
import { insertApplication } from './store.ts';

export interface NewApplication {
  readonly facade: string;
  readonly label: string;
  readonly account?: string;
  readonly isPublic: boolean;
  /** Where users may be sent back to: compared as texts, whole. */
  readonly redirectUris: readonly string[];
}

/**
 * Registers an application that may ask the tenant's consent. Its id is its credential's lookup; its secret is told once,
 * and of a public application never.
 */
export async function registerApplication(
  core: Core,
  call: Call,
  { isPublic, redirectUris, ...credential }: NewApplication,
): Promise<Issued<{ readonly credentialId: CredentialId }>> {
  for (const [index, uri] of redirectUris.entries()) requireRedirectable(uri, index);
  let secret: string | null = null;
  const answer: Answer<{ readonly credentialId: CredentialId }> = await runOnce(
    core,
    call,
    async (transaction) => {
      const made = await createCredential({ ...core, database: transaction }, call.tenant, credential);
      const { tenantId, id: credentialId } = made.credential;
      await insertApplication(transaction, { tenantId, credentialId, isPublic, redirectUris });
      secret = isPublic ? null : made.secret;
      return { credentialId };
    },
  );
  return { ...answer, secret: answer.replayed ? null : secret };
}

const loopbackHosts: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** HTTPS, or HTTP to the user's own machine; no fragment (RFC 6749, section 3.1.2), and nobody's name and password. */
function requireRedirectable(uri: string, index: number): void {
  const url = URL.parse(uri);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopbackHosts.has(url.hostname));
  if (url !== null && isSafe && !uri.includes('#') && url.username === '' && url.password === '') return;
  throw invalid(
    `redirectUris.${index}`,
    'invalid_format',
    'A redirect URI is https, or http to localhost, without a fragment.',
  );
}
