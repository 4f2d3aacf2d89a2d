/** What a façade is made of: a table of routes, a way to prove who asks, and its own way to say what is wrong. */

import type { TSchema } from 'typebox';
import type { Batched } from '#core/batched.ts';
import type { Call, Core } from '#core/core.ts';
import type { Authenticator, Caller } from '#core/tenants/authenticate.ts';
import type { CoreError } from '#kit/errors.ts';

export interface Facade {
  /** Its folder's name; also the dialect of its callbacks. */
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** The path it is mounted under, without a slash at the end. */
  readonly prefix: string;
  /** Where else its document has it: the same table under other prefixes. */
  readonly alsoAt?: readonly string[];
  /**
   * An address of this dialect, prefix included, in the one spelling the table knows; for a dialect that takes several.
   * Pure, and total: it is asked about every address under the prefix in any case, whatever stands there.
   */
  rewriteUrl?(url: string): string;
  /** What an unencrypted request to a production server is answered; for a dialect that forbids them. */
  readonly plaintextRefusal?: ErrorAnswer;
  /** How OpenAPI names its credentials. */
  readonly security: Readonly<Record<string, unknown>>;
  /** Where clients exchange their id and secret for a bearer token (OAuth2 client credentials), from the server's root. */
  readonly tokenPath?: string;
  /** How long such a token is good, where its document says; an hour else. */
  readonly tokenLifeSeconds?: number;
  /** The one scope that applications are let in to, where a page of its own gives them codes for its token endpoint. */
  readonly consentScope?: string;
  /** Where clients end a token before its time (RFC 7009), from the server's root. */
  readonly revokePath?: string;
  /** Where the bearer of a token is told who that is, from the server's root; its one parameter is the caller's account. */
  readonly userinfoPath?: string;
  /** Whether its paths end with a slash, and one without is answered with a redirect to the one with it. */
  readonly trailingSlash?: true;
  /** Whether a body with a number that JSON would alter in reading is refused. */
  readonly exactNumbers?: true;
  /** The tenant whose credentials the headers are, or undefined. The tenant comes from nowhere else. */
  authenticate(headers: Headers, authenticator: Authenticator): Promise<Caller | undefined>;
  /** `requestId` is the id under which the request stands in our log. */
  renderError(error: CoreError, requestId?: string): ErrorAnswer;
  /** The shape of every body `renderError` makes, for OpenAPI. */
  readonly errorShape: TSchema;
  readonly routes: readonly Route[];
}

/** Request headers by lower-case name; a repeated header is not a credential. */
export type Headers = Readonly<Record<string, string | undefined>>;

export interface ErrorAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One row of the table: the documented call, its shapes, and what it does. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify's spelling: `/payment_links/:id`. */
  readonly path: string;
  readonly summary: string;
  readonly params?: TSchema;
  readonly query?: TSchema;
  /** A body that may be left out is an optional schema. */
  readonly body?: TSchema;
  /** The largest body it takes, where that is more than the server's usual. */
  readonly maxBodyBytes?: number;
  /** Success status and the shape of its body; no shape means no body. */
  readonly status: number;
  readonly answer?: TSchema;
  /** Who asks, where the headers do not say it and the body may. A body that says it wrongly is nobody's. */
  readonly identify?: (headers: Headers, body: unknown, core: Core) => Promise<Caller | undefined>;
  /**
   * Media types of a body that is handed on as it comes, a stream: it is the handler's to read and to limit. With a `body`,
   * that is taken as well, as JSON.
   */
  readonly consumes?: readonly string[];
  /** Set on a GET that moves money, as some dialects have. */
  readonly movesMoney?: MovesMoney;
  /** How often a tenant may ask, where the dialect documents it; a tenant's `routeRateFactor` multiplies it. */
  readonly rate?: RouteRate;
  /** Who may ask. Default: a tenant with its credentials. */
  readonly access?: 'tenant' | 'public';
  handle(request: RouteRequest): Promise<RouteAnswer>;
}

/** Requests of one tenant in any sixty seconds. */
export interface RouteRate {
  readonly perMinute: number;
  /** As how many requests one counts; 1 unless told. */
  readonly cost?: (query: Readonly<Record<string, string>>) => number;
}

/**
 * What makes a GET that moves money safe to repeat, because browsers, proxies and clients do: it is never kept, not
 * answered to HEAD or to a prefetch, and may carry an `Idempotency-Key`. Without one, an identical request is taken for
 * a repetition of the first for this long.
 */
export interface MovesMoney {
  readonly replayWithinMs: number;
  /** What makes two requests identical. */
  identity(query: Readonly<Record<string, string>>): string;
}

export interface RouteRequest {
  readonly core: Core;
  readonly batched: Batched;
  readonly call: Call;
  /** The row's own path, as the table spells it. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  // biome-ignore lint/suspicious/noExplicitAny: the schema of the route has checked it; the handler's translation types it.
  readonly body: any;
  readonly headers: Headers;
  /** Tells the authenticator that what it believes of the tenant is out of date. */
  readonly forgetTenant: () => void;
}

export interface RouteAnswer {
  readonly body?: unknown;
  /** Whether this is the answer of an earlier request with the same key. */
  readonly replayed?: boolean;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}
