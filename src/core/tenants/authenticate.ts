import { hash } from 'node:crypto';
import { later } from '#kit/clock.ts';
import type { CredentialId, TenantId } from '#kit/ids.ts';
import { hashToken, sameDigest } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import { type Credential, isAlive } from './credential.ts';
import {
  selectAccessToken,
  selectCredential,
  selectCredentialsByLookup,
  selectTenant,
  updateLastUsed,
} from './store.ts';
import type { Tenant } from './tenant.ts';

/** How long an answer is believed without asking the database: a revoked key or a turned clock is seen within this. */
const believedMs = 1_000;

/** More entries than this are dropped at once: the cache must not be a way to fill the memory. */
const maxEntries = 10_000;

/** A tenant as one of its credentials opens it. */
export interface Caller extends Tenant {
  /** Which of the tenant's accounts the credential is for, where its façade knows several. */
  readonly account?: string;
  readonly credentialId?: CredentialId;
}

export interface Authenticator {
  /** The tenant whose façade credential this is, or undefined. Takes as long for an unknown lookup as for a known one. */
  authenticate(facade: string, lookup: string, secret: string): Promise<Caller | undefined>;
  /** The tenant for whose client credential this bearer token was given, while both are good. */
  authenticateToken(facade: string, token: string): Promise<Caller | undefined>;
  /** Forgets what is believed of a tenant, after its clock or credentials changed. */
  forget(tenantId: TenantId): void;
  /** Writes down when credentials were last used; called now and then, so that no request waits for it. */
  flush(): Promise<void>;
}

interface Belief {
  readonly caller: Caller;
  readonly credential: Credential;
  /** When the token ends by which the credential was found; null where it does not, or there is none. */
  readonly endsAt: Date | null;
  readonly until: Date;
}

type Means = Pick<Core, 'database' | 'clock' | 'pepper'>;

export function createAuthenticator(core: Means): Authenticator {
  const beliefs = new Map<string, Belief>();
  const finding = new Map<string, Promise<Belief | undefined>>();
  const used = new Set<string>();

  /** Requests that come while a credential is looked up wait for that look: a busy tenant would send them all to look. */
  const findOnce = (name: string, find: () => Promise<Belief | undefined>): Promise<Belief | undefined> => {
    const underWay = finding.get(name);
    if (underWay !== undefined) return underWay;
    const found = find().finally(() => finding.delete(name));
    finding.set(name, found);
    return found;
  };

  const judge = async (
    name: string,
    find: () => Promise<Belief | undefined>,
  ): Promise<Caller | undefined> => {
    const believed = beliefs.get(name);
    const isFresh = believed !== undefined && believed.until > core.clock.now();
    const belief = isFresh ? believed : await findOnce(name, find);
    if (belief === undefined || !isGood(belief, core.clock.now())) return undefined;
    if (beliefs.size >= maxEntries) beliefs.clear();
    beliefs.set(name, belief);
    used.add(belief.credential.id);
    return belief.caller;
  };

  return {
    authenticate: (facade, lookup, secret) =>
      judge(`${facade}\n${lookup}\n${rememberAs(secret)}`, () =>
        findBelief(core, facade, lookup, hashToken(core.pepper, secret)),
      ),
    authenticateToken: (facade, token) =>
      judge(`${facade}\n\n${rememberAs(token)}`, () =>
        findByToken(core, facade, hashToken(core.pepper, token)),
      ),
    forget: (tenantId) => {
      // What is looked up just now may be what it was: nobody who comes after this waits for it.
      finding.clear();
      for (const [name, belief] of beliefs) if (belief.caller.id === tenantId) beliefs.delete(name);
    },
    flush: async () => {
      if (used.size === 0) return;
      const ids = [...used];
      used.clear();
      await updateLastUsed(core.database, ids, core.clock.now());
    },
  };
}

/** In place of a secret in the memory of a process, which sees the secret anyway: every request pays for it. */
function rememberAs(secret: string): string {
  return hash('sha256', secret, 'base64');
}

function isGood({ credential, endsAt }: Belief, wallNow: Date): boolean {
  return isAlive(credential, wallNow) && (endsAt === null || endsAt > wallNow);
}

async function findBelief(
  core: Means,
  facade: string,
  lookup: string,
  digest: Buffer,
): Promise<Belief | undefined> {
  const credentials = await selectCredentialsByLookup(core.database, facade, lookup);
  let match: Credential | undefined;
  for (const credential of credentials) if (sameDigest(credential.digest, digest)) match = credential;
  return match === undefined ? undefined : believe(core, match, null);
}

async function findByToken(core: Means, facade: string, digest: Buffer): Promise<Belief | undefined> {
  const token = await selectAccessToken(core.database, facade, digest);
  if (token === undefined) return undefined;
  const credential = await selectCredential(core.database, token.tenantId, token.credentialId);
  return credential === undefined ? undefined : believe(core, credential, token.expiresAt);
}

async function believe(
  core: Means,
  credential: Credential,
  endsAt: Date | null,
): Promise<Belief | undefined> {
  const tenant = await selectTenant(core.database, credential.tenantId);
  if (tenant === undefined) return undefined;
  const { id: credentialId, account } = credential;
  const caller = { ...tenant, credentialId, ...(account === null ? {} : { account }) };
  return { caller, credential, endsAt, until: later(core.clock.now(), believedMs) };
}
