/** What every operation of the core is given: the parts of the world as parameters, and who is calling. */
import type { KeyObject } from 'node:crypto';
import type { Database } from '#db/database.ts';
import type { Work } from '#jobs/work.ts';
import type { TargetPolicy } from '#kit/callback-url.ts';
import type { Clock } from '#kit/clock.ts';
import type { Capability, Connector, ConnectorAccount, Notification } from '#kit/connector.ts';
import type { Currency } from '#kit/currency.ts';
import type { CredentialId, IdSource, OperationId, TenantId } from '#kit/ids.ts';
import type { ComposedFile, FileOrder, RailName } from '#kit/rail.ts';
import type { Keyring } from '#kit/secrets.ts';
import type { Turns } from '#kit/turns.ts';
import type { SigningKeys } from './signing-keys/signing-keys.ts';
import type { Tenant } from './tenants/tenant.ts';
import type { UploadTurns } from './uploads/upload-turns.ts';

export interface Core {
  readonly database: Database;
  /** Wall time. The tenant's own time is `businessNow`. */
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly keyring: Keyring;
  /** Key under which secrets are digested before they are stored. */
  readonly pepper: KeyObject;
  readonly work: Pick<Work, 'nudge' | 'drain'>;
  readonly processors: Processors;
  readonly signingKeys: SigningKeys;
  readonly rails: Rails;
  readonly subscribers: Subscribers;
  /**
   * Where processors may be that tenants name themselves; undefined on an installation that only its own machine reaches.
   */
  readonly processorTargets: TargetPolicy | undefined;
  /** Where a tenant's callbacks may go. */
  readonly callbackTargets: (tenant: Pick<Tenant, 'mode'>) => TargetPolicy;
  /** Where payers reach this installation: no trailing slash. */
  readonly publicUrl: string;
  /** Whether this installation may keep live books: a demo, whose secrets everybody knows, may not. */
  readonly allowsLive: boolean;
  readonly limits: Limits;
  readonly uploadTurns: UploadTurns;
  /** Files of practice systems that are read at once. */
  readonly importTurns: Turns;
}

/**
 * The way to the processors, given by the composition root because only tasks call outward. None of these throws for
 * what a processor or the network did: afterwards the operation's row tells.
 */
export interface Processors {
  /** What there is to choose from, by name. */
  list(): readonly ConnectorDescription[];
  /** Throws the connector's own `validation_failed`, naming a field, where an account of these fields cannot be one. */
  checkAccount(connector: string, account: ConnectorAccount): void;
  /** Whether the processor can do this at all. */
  can(connector: string, capability: Capability): boolean;
  /** Whether the payer pays on a page of this processor's. */
  usesPage(connector: string): boolean;
  /** Whether the processor moves money of this currency. */
  takes(connector: string, currency: Currency): boolean;
  /** Whether a charge that waits for its payer can be ended there. */
  canCancel(connector: string): boolean;
  /** The origins a payer of this tenant may be sent to by this connector. */
  pageOrigins(tenantId: TenantId, connector: string): Promise<readonly string[]>;
  /**
   * What a processor's own book says of our references, where it can be read: a simulator's can, a real processor's
   * cannot. Undefined where it cannot.
   */
  readBook(): Promise<readonly BookEntry[] | undefined>;
  /** Does an intended operation and records what came of it. */
  perform(tenantId: TenantId, operationId: OperationId): Promise<void>;
  /** Asks what became of an operation that is still open, and records the answer. */
  inquire(tenantId: TenantId, operationId: OperationId): Promise<void>;
  /** Asks for the end of an operation that waits for its payer, and records what became of it. */
  cancel(tenantId: TenantId, operationId: OperationId): Promise<void>;
  /**
   * Reads what came back to an operation's return address, by payer or by notification, and records what the processor
   * says, of whichever of the tenant's references it says it.
   */
  readReturn(
    tenantId: TenantId,
    operationId: OperationId,
    query: URLSearchParams,
  ): Promise<'read' | 'foreign' | 'unavailable'>;
  /** The same for what was posted there. It is never believed: it only makes us ask about this operation. */
  readNotification(
    tenantId: TenantId,
    operationId: OperationId,
    notification: Notification,
  ): Promise<'read' | 'foreign' | 'unavailable'>;
}

/** The way to banks, printers and card issuers, given by the composition root as that to the processors. */
export interface Rails {
  /** Pure: the same order is the same file. */
  compose(rail: RailName, order: FileOrder): ComposedFile;
  /** Hands over what is due of a tenant, without waiting for the next look. Never throws for what a bank did. */
  flush(tenantId: TenantId): Promise<void>;
}

/** The way to those who want to be told of events, given by the composition root as that to the processors. */
export interface Subscribers {
  /** Greets an address in the words of a dialect, signed with the key, and answers whether it answered with a success. */
  shakeHands(
    tenant: Tenant,
    subscriber: { readonly dialect: string; readonly url: string; readonly key: string },
  ): Promise<boolean>;
}

/** What may be known of a connector before there is an account at it. */
export type ConnectorDescription = Pick<
  Connector,
  'name' | 'methods' | 'testOnly' | 'accountFields' | 'capabilities'
>;

/** One line of a processor's own book: what it did, under which of our references. */
export interface BookEntry {
  readonly connector: string;
  readonly kind: string;
  readonly reference: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly outcome: 'approved' | 'declined' | 'none';
}

export interface Limits {
  /** How long a sender owns an operation before the sweeper may take it over: longer than any call outward. */
  readonly leaseMs: number;
  /** How long a payer has from choosing a method to finishing, in the tenant's time. */
  readonly attemptMs: number;
  /** How long a link without a due date lives, in the tenant's time. */
  readonly linkMs: number;
  /** How long a payer has to enter a card that is to be kept, in the tenant's time. */
  readonly enrolmentMs: number;
}

/** Who asks, in which dialect, and under which idempotency key. */
export interface Call {
  readonly tenant: Tenant;
  readonly origin: string;
  /** Which of the tenant's accounts the credential is for, where its façade knows several. */
  readonly account?: string;
  /** The credential that asks: who made something, and who may not approve it as well. */
  readonly credentialId?: CredentialId;
  readonly idempotency?: IdempotencyRequest;
}

export interface IdempotencyRequest {
  /** Method and route: one key may be used once on each. */
  readonly scope: string;
  readonly key: string;
  /** SHA-256 of the canonical input, so that the same key with other input is told apart. */
  readonly hash: Buffer;
  /**
   * Set where the caller gave no key and one was made of what was asked: for this long the same request is taken for a
   * repetition, which waits for the first one's answer; after that it is a new one.
   */
  readonly replayMs?: number;
}

/** What a mutating operation answers: plain JSON, so that it can be kept under the idempotency key and told again. */
export interface Answer<Result> {
  readonly result: Result;
  readonly replayed: boolean;
}
