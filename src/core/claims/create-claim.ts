import { groupCommit } from '#db/group-commit.ts';
import { later } from '#kit/clock.ts';
import type { ClaimId } from '#kit/ids.ts';
import { ulidBits } from '#kit/ulid.ts';
import type { Answer, Call, Core } from '../core.ts';
import { recordEvents } from '../events/record-events.ts';
import { type Asked, runTogether } from '../idempotency/run-together.ts';
import { businessNow } from '../tenants/tenant.ts';
import { type Claim, tokenLifeMs } from './claim.ts';
import { toEvent } from './move-claim.ts';
import { insertClaims } from './store.ts';

export type CreateClaimInput = Pick<
  Claim,
  | 'currency'
  | 'amount'
  | 'tax'
  | 'shipping'
  | 'subtotal'
  | 'reference'
  | 'capture'
  | 'prescriptionRequired'
  | 'successUrl'
  | 'failureUrl'
  | 'cancelUrl'
  | 'callbackUrl'
>;

/** All that is not in the request already. */
export interface CreatedClaim {
  readonly id: ClaimId;
  /** RFC 3339, in the tenant's time. */
  readonly createdAt: string;
}

export type CreateClaim = (call: Call, input: CreateClaimInput) => Promise<Answer<CreatedClaim>>;

/** Bytes of randomness in a ULID. */
const randomBytes = 10;

/** Makes claims. Requests that arrive together are written by one set of statements and one commit. */
export function claimCreation(core: Core): CreateClaim {
  const create = groupCommit({ run: (batch: readonly Request[]) => createBatch(core, batch) });
  return (call, input) => {
    const claim = toClaim(core, call, input);
    return create({ call, claim, foreseen: toResult(claim) });
  };
}

interface Request extends Asked<CreatedClaim> {
  readonly claim: Claim;
}

function toClaim(core: Core, call: Call, input: CreateClaimInput): Claim {
  const now = businessNow(core.clock, call.tenant);
  return {
    ...input,
    id: ulidBits(now, core.ids.token(randomBytes)) as ClaimId,
    tenantId: call.tenant.id,
    origin: call.origin,
    status: 'initial',
    customerId: null,
    contactDigest: null,
    sessionDigest: null,
    activePaymentId: null,
    paymentId: null,
    version: 1,
    createdAt: now,
    updatedAt: null,
    tokenUntil: later(core.clock.now(), tokenLifeMs),
  };
}

async function createBatch(core: Core, batch: readonly Request[]): Promise<(Answer<CreatedClaim> | Error)[]> {
  return core.database.transaction((transaction) =>
    runTogether(core, transaction, batch, async (fresh) => {
      const claims = fresh.map(({ claim }) => claim);
      await insertClaims(transaction, claims);
      await recordEvents(
        core,
        transaction,
        claims.map((claim) => toEvent(claim, 'created')),
      );
      return new Map(fresh.map((request) => [request, { result: request.foreseen, replayed: false }]));
    }),
  );
}

function toResult({ id, createdAt }: Claim): CreatedClaim {
  return { id, createdAt: createdAt.toISOString() };
}
