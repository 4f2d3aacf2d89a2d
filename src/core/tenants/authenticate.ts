import { later } from '#kit/clock.ts';
import type { TenantId } from '#kit/ids.ts';
import { hashToken, sameDigest } from '#kit/secrets.ts';
import type { Core } from '../core.ts';
import { type Credential, isAlive } from './credential.ts';
import { selectCredentialsByLookup, selectTenant, updateLastUsed } from './store.ts';
import type { Tenant } from './tenant.ts';

/** How long an answer is believed without asking the database: a revoked key or a turned clock is seen within this. */
const believedMs = 1_000;

/** More entries than this are dropped at once: the cache must not be a way to fill the memory. */
const maxEntries = 10_000;

export interface Authenticator {
  /** The tenant whose façade credential this is, or undefined. Takes as long for an unknown lookup as for a known one. */
  authenticate(facade: string, lookup: string, secret: string): Promise<Tenant | undefined>;
  /** Forgets what is believed of a tenant, after its clock or credentials changed. */
  forget(tenantId: TenantId): void;
  /** Writes down when credentials were last used; called now and then, so that no request waits for it. */
  flush(): Promise<void>;
}

interface Belief {
  readonly tenant: Tenant;
  readonly credential: Credential;
  readonly until: Date;
}

type Means = Pick<Core, 'database' | 'clock' | 'pepper'>;

export function createAuthenticator(core: Means): Authenticator {
  const beliefs = new Map<string, Belief>();
  const used = new Set<string>();

  const believe = (name: string): Belief | undefined => {
    const belief = beliefs.get(name);
    return belief !== undefined && belief.until > core.clock.now() ? belief : undefined;
  };

  return {
    authenticate: async (facade, lookup, secret) => {
      const digest = hashToken(core.pepper, secret);
      const name = `${facade}\n${lookup}\n${digest.toString('base64')}`;
      const belief = believe(name) ?? (await findBelief(core, facade, lookup, digest));
      if (belief === undefined || !isAlive(belief.credential, core.clock.now())) return undefined;
      if (beliefs.size >= maxEntries) beliefs.clear();
      beliefs.set(name, belief);
      used.add(belief.credential.id);
      return belief.tenant;
    },
    forget: (tenantId) => {
      for (const [name, belief] of beliefs) if (belief.tenant.id === tenantId) beliefs.delete(name);
    },
    flush: async () => {
      if (used.size === 0) return;
      const ids = [...used];
      used.clear();
      await updateLastUsed(core.database, ids, core.clock.now());
    },
  };
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
  if (match === undefined) return undefined;
  const tenant = await selectTenant(core.database, match.tenantId);
  if (tenant === undefined) return undefined;
  return { tenant, credential: match, until: later(core.clock.now(), believedMs) };
}
