import type { CredentialId } from '#kit/ids.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { createCredential, type NewCredential } from './create-credential.ts';

export interface IssuedCredential {
  readonly credentialId: CredentialId;
}

/** What was issued, and its secret, which is told to the first asker alone and kept nowhere. */
export type Issued<Result> = Answer<Result> & { readonly secret: string | null };

/**
 * Makes a credential at a tenant's request, once for an idempotency key. A repeated key is told which credential it
 * made; its secret is null, because only a digest of it was kept.
 */
export async function issueCredential(
  core: Core,
  call: Call,
  input: Pick<NewCredential, 'facade' | 'lookup' | 'label' | 'account'>,
): Promise<Issued<IssuedCredential>> {
  let secret: string | null = null;
  const answer = await runOnce(core, call, async (transaction) => {
    const made = await createCredential({ ...core, database: transaction }, call.tenant, input);
    secret = made.secret;
    return { credentialId: made.credential.id };
  });
  return { ...answer, secret: answer.replayed ? null : secret };
}
