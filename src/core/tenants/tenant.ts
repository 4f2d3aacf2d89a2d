import type { Clock } from '#kit/clock.ts';
import { later } from '#kit/clock.ts';
import type { TenantId } from '#kit/ids.ts';
import type { OwnTexts } from '../messages/texts.ts';

export type Mode = 'test' | 'live';

/** One book: everything the tenant owns is of its mode, because the tenant is. */
export interface Tenant {
  readonly id: TenantId;
  readonly organisationId: string;
  readonly name: string;
  readonly mode: Mode;
  /** ISO 3166 alpha-2; decides how a national phone number is read. */
  readonly country: string;
  /** IANA zone; decides when a day ends. */
  readonly zone: string;
  readonly clockOffsetMs: number;
  readonly settings: TenantSettings;
  /** Public half of the key that signs this tenant's callbacks, raw Ed25519 in base64; absent until one is made. */
  readonly callbackPublicKey: string | null;
}

export interface TenantSettings {
  /** Which connector serves a payment method: `{ "card": "windcave" }`. */
  readonly connectors: Readonly<Record<string, string>>;
  readonly brand?: { readonly logoUrl?: string; readonly colour?: string };
  readonly organisationNumber?: string;
  /** Who settles a claim that is paid: its invoice, or the tenant's operator, who needs one too. */
  readonly settlement?: 'invoice' | 'operator';
  /** Hosts that payers of payments made without a key may be sent to; absent lets nobody make one without a key. */
  readonly keylessHosts?: readonly string[];
  /** Bytes of documents that may be stored; absent means the product's default. */
  readonly uploadQuotaBytes?: number;
  /** Where the tenant as such is called back, and in which dialect. */
  readonly callbackUrls?: CallbackUrls;
  /** Days before and after a bill's due date on which its payer is reminded; absent means never. */
  readonly reminders?: Reminders;
  /** What messages say in the tenant's own words; absent means ours. */
  readonly messageTexts?: OwnTexts;
  /** Requests per minute; absent means the product's default. */
  readonly requestsPerMinute?: number;
  /** How many times the rates that a dialect documents for its routes; absent means once. */
  readonly routeRateFactor?: number;
}

export interface CallbackUrls {
  /** The façade whose words they are told in. */
  readonly dialect: string;
  readonly disbursement?: string;
  readonly merchantStatus?: string;
  readonly creditTopUp?: string;
}

export interface Reminders {
  /** 0 is the due date itself. */
  readonly daysBefore: readonly number[];
  readonly daysAfter: readonly number[];
}

/** The time as this tenant lives it: the wall clock plus what its test clock was turned by. */
export function businessNow(clock: Clock, tenant: Pick<Tenant, 'clockOffsetMs'>): Date {
  return later(clock.now(), tenant.clockOffsetMs);
}

/** The settings under which a connector serves these payment methods and no others. */
export function haveServe(
  settings: TenantSettings,
  connector: string,
  methods: readonly string[],
): TenantSettings {
  const others = Object.entries(settings.connectors).filter(([, server]) => server !== connector);
  const own = methods.map((method) => [method, connector] as const);
  return { ...settings, connectors: Object.fromEntries([...others, ...own]) };
}
