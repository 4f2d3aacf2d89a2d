import { type Static, Type } from 'typebox';

/** The first fourteen are the faults of a bad day at a processor; the last two are its ordinary answers on demand. */
const faultKinds = [
  'refuse',
  'hang',
  'act-then-reset',
  'act-then-delay',
  'act-then-500',
  'error-500',
  'act-then-garble',
  'wrong-shape',
  'other-answer',
  'duplicate-callbacks',
  'callback-first',
  'shuffle-callbacks',
  'status-lags',
  'status-flaky',
  'decline',
  'status-required',
] as const;

export type FaultKind = (typeof faultKinds)[number];

/** Faults of the exchange itself: any server-to-server request but a status inquiry can meet one. */
export const exchangeFaults: readonly FaultKind[] = faultKinds.slice(0, 9);
export const callbackFaults: readonly FaultKind[] = faultKinds.slice(9, 12);
export const statusFaults: readonly FaultKind[] = faultKinds.slice(12, 14);

/** The body of `POST /faults`. */
export const FaultBody = Type.Object(
  {
    kind: Type.Enum([...faultKinds]),
    /** How often it happens; once where neither this nor `rate` is given, without end where only `rate` is. */
    times: Type.Optional(Type.Integer({ minimum: 1 })),
    /** The share of eligible requests it happens to. */
    rate: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    seed: Type.Optional(Type.Integer()),
    connector: Type.Optional(Type.String({ maxLength: 40 })),
    /** Only requests of this kind: `page`, `result`, `purchase`, `refund`, `status` … */
    request: Type.Optional(Type.String({ maxLength: 40 })),
    /** The response code of a `decline`. */
    code: Type.Optional(Type.String({ pattern: '^[0-9A-Z]{2,8}$' })),
    /** How long an `act-then-delay` waits; as long as the simulators were started with where it is not given. */
    delayMs: Type.Optional(Type.Integer({ minimum: 0, maximum: 60_000 })),
  },
  { additionalProperties: false },
);

/** One fault that happens now. `random` is seeded: the same seed, the same bad day. */
export interface Fault {
  readonly kind: FaultKind;
  readonly code?: string;
  readonly delayMs?: number;
  random(): number;
}

export interface Faults {
  add(body: Static<typeof FaultBody>): void;
  clear(): void;
  list(): readonly Static<typeof FaultBody>[];
  /** The first fault set, of these kinds, that this request meets. Taking it uses it up. */
  take(connector: string, request: string, kinds: readonly FaultKind[]): Fault | undefined;
}

interface Plan {
  readonly body: Static<typeof FaultBody>;
  readonly random: () => number;
  left: number;
}

export function createFaults(): Faults {
  let plans: Plan[] = [];
  const meets = (plan: Plan, connector: string, request: string, kinds: readonly FaultKind[]) =>
    kinds.includes(plan.body.kind) &&
    (plan.body.connector ?? connector) === connector &&
    (plan.body.request ?? request) === request &&
    plan.random() < (plan.body.rate ?? 1);

  return {
    add: (body) => {
      const left = body.times ?? (body.rate === undefined ? 1 : Number.POSITIVE_INFINITY);
      plans.push({ body, left, random: seededRandom(body.seed ?? 1) });
    },
    clear: () => {
      plans = [];
    },
    list: () => plans.map((plan) => plan.body),
    take: (connector, request, kinds) => {
      const plan = plans.find((candidate) => meets(candidate, connector, request, kinds));
      if (plan === undefined) return undefined;
      plan.left -= 1;
      if (plan.left === 0) plans = plans.filter((other) => other !== plan);
      const { kind, code, delayMs } = plan.body;
      return {
        kind,
        random: plan.random,
        ...(code === undefined ? {} : { code }),
        ...(delayMs === undefined ? {} : { delayMs }),
      };
    },
  };
}

/** The code with which this request shall be declined, if a `decline` is set for it; 05 where none was named. */
export function takeDecline(faults: Faults, connector: string, request: string): string | undefined {
  const fault = faults.take(connector, request, ['decline']);
  return fault && (fault.code ?? '05');
}

/** Mulberry32: thirty-two bits of state are plenty for choosing faults. Numbers in [0, 1). */
function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}
