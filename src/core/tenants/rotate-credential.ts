import { later } from '#kit/clock.ts';
import { CoreError, notFound } from '#kit/errors.ts';
import { type CredentialId, isUuid } from '#kit/ids.ts';
import type { Call, Core } from '../core.ts';
import { isApplication } from '../grants/is-application.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { createCredential } from './create-credential.ts';
import { isAlive } from './credential.ts';
import type { Issued, IssuedCredential } from './issue-credential.ts';
import { lockCredential, updateCredentialEnd } from './store.ts';

/**
 * Makes a credential to take an old one's place. Both work until `overlapMs` from now, so that no request fails while
 * the new secret is rolled out; one that would have ended earlier still does. A credential that is over is `not_found`:
 * it has no place to take. An application's is `conflict`: what it was let in to is bound to the credential it has.
 */
export async function rotateCredential(
  core: Core,
  call: Call,
  input: { readonly id: string; readonly overlapMs: number },
): Promise<Issued<IssuedCredential>> {
  const { tenant } = call;
  if (!isUuid(input.id)) throw notFound('credential');
  const id = input.id as CredentialId;
  let secret: string | null = null;
  const answer = await runOnce(core, call, async (transaction) => {
    const old = await lockCredential(transaction, tenant.id, id);
    if (old === undefined || !isAlive(old, core.clock.now())) throw notFound('credential');
    if (await isApplication(transaction, old))
      throw new CoreError(
        'conflict',
        'An application is given no other secret: register it anew, and end this one.',
      );
    const { facade, lookup, label, account } = old;
    const made = await createCredential({ ...core, database: transaction }, tenant, {
      facade,
      lookup,
      label,
      ...(account === null ? {} : { account }),
    });
    secret = made.secret;
    const expiresAt = later(core.clock.now(), input.overlapMs);
    await updateCredentialEnd(transaction, tenant.id, id, { expiresAt, revokedAt: null });
    return { credentialId: made.credential.id };
  });
  return { ...answer, secret: answer.replayed ? null : secret };
}
