/**
 * A way to reach a person, as seen from inside. A channel is one folder under `messaging/`, found by listing; it hands
 * one rendered message to its provider, once, and says what became of it. It keeps no state and decides nothing.
 */
import type { Network } from './connector.ts';

export type Medium = 'sms' | 'email';

/** A message that is already written down. */
export interface OutgoingMessage {
  /** Ours, unique for ever; channels that can carry it let the provider and the mailbox see a repetition. */
  readonly id: string;
  readonly medium: Medium;
  /** E.164 number or e-mail address. */
  readonly recipient: string;
  readonly subject: string | null;
  readonly body: string;
  /** Where the reader turns such messages off, for channels that can say so beside the text. */
  readonly optOutUrl?: string;
  /** Where the provider may report what became of the message. */
  readonly reportUrl?: string;
}

export type SendOutcome =
  /** The provider has it. `delivered` where the channel knows that the person has it too. */
  | { readonly kind: 'accepted'; readonly providerReference: string; readonly delivered?: boolean }
  /** The provider does not have it and will not send it. */
  | { readonly kind: 'rejected'; readonly reason: string }
  /** The provider surely does not have it, and may take it later: busy, greylisting, not there. */
  | { readonly kind: 'deferred'; readonly reason: string }
  /** The provider may or may not have it: time-out, lost connection, an answer we cannot read. */
  | { readonly kind: 'unknown'; readonly detail: string };

/** A request that came from the provider, or says it did. */
export interface ProviderRequest {
  /** As we gave it to the provider. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Form fields; one that was given twice is left out. */
  readonly form: Readonly<Record<string, string>>;
}

/** What the provider tells us later. */
export type Report =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'failed'; readonly detail: string }
  /** Somebody answered the sender. */
  | { readonly kind: 'reply'; readonly from: string; readonly text: string }
  /** Nothing that changes anything: on its way, read. */
  | { readonly kind: 'progress' };

/** Settles within the network's `timeoutMs` and never throws for what the provider or the network did. */
export interface Sender {
  send(message: OutgoingMessage): Promise<SendOutcome>;
  /**
   * Reads a report, where the provider makes any; undefined where it is not the provider's own. A provider that signs
   * nothing is believed for its address alone, which only it was told.
   */
  readReport?(request: ProviderRequest): Report | undefined;
}

/** Names from `settingFields` to values. */
export type ChannelSettings = Readonly<Record<string, string>>;

/** The one export, named `channel`, of a channel folder's `index.ts`. */
export interface Channel {
  readonly name: string;
  readonly media: readonly Medium[];
  readonly settingFields: readonly {
    readonly name: string;
    readonly secret: boolean;
    readonly about: string;
  }[];
  /** Throws where a setting is missing or makes no sense. */
  open(settings: ChannelSettings, network: Network): Sender;
}
