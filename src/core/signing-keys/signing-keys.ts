import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { later } from '#kit/clock.ts';
import type { Core } from '../core.ts';
import { contextOf, makeSigningKey } from './rotate-signing-keys.ts';
import { overlapMs, type SigningKey, type SigningPurpose } from './signing-key.ts';
import { selectSigningKeys } from './store.ts';

/** The installation's signing keys, as those who sign and those who check need them. */
export interface SigningKeys {
  /** A signature of the purpose's present key, made on the thread pool: the event loop goes on serving. */
  sign(purpose: SigningPurpose, message: Buffer): Promise<Buffer>;
  /** What is published of the keys that sign, will soon, or did until lately: newest first. */
  published(purpose: SigningPurpose): Promise<readonly string[]>;
}

/** For how long keys are believed without asking the store again: far shorter than the overlap. */
const believedMs = 60_000;

interface Belief {
  readonly keys: readonly SigningKey[];
  readonly signer: KeyObject;
  readonly until: Date;
}

/** How each purpose signs: ES512 as JWS wants it, two numbers side by side; RSA-SHA256 as PKCS #1 v1.5. */
const digests = {
  'claim-token': { digest: 'sha512', encoding: 'ieee-p1363' },
  'claim-callback': { digest: 'sha256', encoding: 'der' },
} as const;

/** Reads them from the store, makes them where there are none yet, and keeps them for a minute. */
export function createSigningKeys(core: () => Core): SigningKeys {
  const beliefs = new Map<SigningPurpose, Belief>();
  const believe = async (purpose: SigningPurpose): Promise<Belief> => {
    const known = beliefs.get(purpose);
    if (known !== undefined && known.until > core().clock.now()) return known;
    const belief = await read(core(), purpose);
    beliefs.set(purpose, belief);
    return belief;
  };
  return {
    sign: async (purpose, message) => {
      const { signer } = await believe(purpose);
      const { digest, encoding } = digests[purpose];
      return new Promise((resolve, reject) => {
        sign(digest, message, { key: signer, dsaEncoding: encoding }, (error, signature) =>
          error ? reject(error) : resolve(signature),
        );
      });
    },
    published: async (purpose) => (await believe(purpose)).keys.map(({ published }) => published),
  };
}

async function read(core: Core, purpose: SigningPurpose): Promise<Belief> {
  let keys = await selectSigningKeys(core.database, purpose);
  if (keys.length === 0) {
    await makeSigningKey(core, purpose);
    keys = await selectSigningKeys(core.database, purpose);
  }
  const now = core.clock.now();
  const signing = keys.find(({ activeAt }) => activeAt <= now);
  if (signing === undefined) throw new Error(`there is no ${purpose} key that signs`);
  const privateKey = core.keyring.open(signing.privateKeySealed, contextOf(signing));
  return {
    keys: keys.filter((key) => key.activeAt >= signing.activeAt || isLatelyReplaced(signing, now)),
    signer: createPrivateKey({ key: privateKey, type: 'pkcs8', format: 'der' }),
    until: later(now, believedMs),
  };
}

function isLatelyReplaced(successor: SigningKey, now: Date): boolean {
  return later(successor.activeAt, overlapMs) > now;
}
