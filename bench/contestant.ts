/** What stands in the table of the bench: a file in `contestants/` with one export, found by listing. */

/** One figure of one round. */
export interface Measured {
  readonly perSecond: number;
  /** Undefined where what is measured is not made of requests. */
  readonly p50Ms?: number;
  readonly p99Ms?: number;
}

/** How hard and how long one round is. */
export interface Effort {
  readonly connections: number;
  readonly seconds: number;
}

export interface Round {
  (effort: Effort): Promise<Measured>;
  /** Where all it does is to repeat one request. */
  readonly load?: Load;
}

export interface Load {
  /** The same request, but for its `[<id>]`, at each of these addresses, with an equal share of the connections. */
  readonly urls: readonly string[];
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** `[<id>]` in it is another word each time. */
  readonly body?: string;
}

/** What a contestant is prepared with. */
export interface Bench {
  /** Where the product listens: one address for each of its processes. */
  readonly urls: readonly string[];
  readonly simulatorUrl: string;
  /** The product's database; undefined on the embedded store, which only its own process can open. */
  readonly databaseUrl: string | undefined;
  /** What `/demo.json` tells of the first tenant. */
  readonly tenant: DemoTenant;
  /** Has this done when the rounds are over. */
  readonly onEnd: (work: () => Promise<void> | void) => void;
}

/** An entry of the first tenant in `/demo.json`, by façade. */
export type DemoTenant = Readonly<
  Record<
    string,
    { base: string; headers: Record<string, string>; merchantId?: string; [more: string]: unknown }
  >
>;

/** What is asked of a contestant at the width that bars are set for, on PostgreSQL. */
export interface Bar {
  /** The least ratio to its ceiling. */
  readonly atLeast: number;
  /** The least ratio to its second ceiling: reaching either is enough. */
  readonly orAlsoAtLeast?: number;
  readonly p99Ms?: number;
}

export interface Contestant {
  readonly name: string;
  readonly about: string;
  /** What its rate counts where that is not requests. */
  readonly counts?: string;
  /** The contestant whose rate this one is divided by: its ceiling. A ceiling has none. */
  readonly against?: string;
  /** A second ceiling, where two things bound it. */
  readonly alsoAgainst?: string;
  readonly bar?: Bar;
  /** Makes what it needs, once. Undefined where it cannot be measured here: then its row says so. */
  prepare(bench: Bench): Promise<Round | undefined>;
}
