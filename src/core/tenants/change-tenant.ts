import { isTimeZone } from '#kit/calendar.ts';
import { invalid } from '#kit/errors.ts';
import type { TenantId } from '#kit/ids.ts';
import { type Language, languages } from '#kit/language.ts';
import { readDataUrl } from '#kit/picture.ts';
import type { Answer, Call, Core } from '../core.ts';
import { runOnce } from '../idempotency/run-once.ts';
import { refusalOfTemplate } from '../messages/fill-template.ts';
import { type OwnTexts, occasions, textParts } from '../messages/texts.ts';
import { requireCallbackUrl } from './check-urls.ts';
import { holdTenant } from './read-tenant.ts';
import { updateTenant } from './store.ts';
import type { Reminders, Tenant, TenantSettings } from './tenant.ts';

/** What is absent stays as it is; null takes it away. */
export interface TenantChange {
  readonly name?: string;
  readonly zone?: string;
  readonly organisationNumber?: string | null;
  readonly brand?: BrandChange;
  readonly settlement?: NonNullable<TenantSettings['settlement']>;
  readonly keylessHosts?: readonly string[];
  readonly reminders?: Reminders | null;
  readonly requestsPerMinute?: number | null;
  readonly routeRateFactor?: number | null;
  /** By language; what one is given replaces all it had. */
  readonly messageTexts?: MessageTextsChange;
}

export type MessageTextsChange = { readonly [One in Language]?: OwnTexts[One] | null };

export interface BrandChange {
  readonly logoUrl?: string | null;
  readonly colour?: string | null;
}

/** Changes how a tenant looks and speaks to payers, when it reminds them, when its days end, and how often it may ask. */
export async function changeTenant(
  core: Core,
  call: Call,
  change: TenantChange,
): Promise<Answer<{ tenantId: TenantId }>> {
  if (change.zone !== undefined && !isTimeZone(change.zone))
    throw invalid('zone', 'invalid_format', `There is no time zone ${change.zone}.`);
  const logoUrl = change.brand?.logoUrl;
  if (typeof logoUrl === 'string') requireLogo(core, call, logoUrl);
  refuseTexts(change.messageTexts ?? {});
  return runOnce(core, call, async (transaction) => {
    const tenant = await holdTenant(transaction, call.tenant.id);
    await updateTenant(transaction, {
      id: tenant.id,
      name: change.name ?? tenant.name,
      zone: change.zone ?? tenant.zone,
      settings: changeSettings(tenant, change),
    });
    return { tenantId: tenant.id };
  });
}

function changeSettings({ settings }: Tenant, change: TenantChange): TenantSettings {
  const logoUrl = settle(settings.brand?.logoUrl, change.brand?.logoUrl);
  const colour = settle(settings.brand?.colour, change.brand?.colour);
  const wanted = {
    organisationNumber: settle(settings.organisationNumber, change.organisationNumber),
    reminders: settle(settings.reminders, change.reminders),
    settlement: settle(settings.settlement, change.settlement),
    keylessHosts: settle(settings.keylessHosts, change.keylessHosts),
    requestsPerMinute: settle(settings.requestsPerMinute, change.requestsPerMinute),
    routeRateFactor: settle(settings.routeRateFactor, change.routeRateFactor),
    messageTexts: mergeTexts(settings.messageTexts ?? {}, change.messageTexts ?? {}),
    brand: { ...(logoUrl === undefined ? {} : { logoUrl }), ...(colour === undefined ? {} : { colour }) },
  };
  // What is taken away is not there at all, so that ours is meant again.
  const kept = Object.entries({ ...settings, ...wanted }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(kept) as unknown as TenantSettings;
}

/** We fetch it for the payers, so it is an address that we may send requests to; or the picture itself. */
function requireLogo(core: Core, { tenant }: Call, url: string): void {
  if (!url.startsWith('data:')) requireCallbackUrl(core, tenant, 'brand.logoUrl', url);
  else if (readDataUrl(url) === undefined)
    throw invalid(
      'brand.logoUrl',
      'invalid_format',
      'brand.logoUrl is not a PNG, JPEG, GIF, WebP or SVG picture in base64.',
    );
}

function refuseTexts(change: MessageTextsChange): void {
  for (const language of languages)
    for (const occasion of occasions)
      for (const part of textParts) {
        const template = change[language]?.[occasion]?.[part];
        const why = template === undefined ? undefined : refusalOfTemplate(occasion, part, template);
        if (why !== undefined)
          throw invalid(
            `messageTexts.${language}.${occasion}.${part}`,
            'invalid_format',
            `This text cannot be used: ${why}.`,
          );
      }
}

function mergeTexts(present: OwnTexts, change: MessageTextsChange): OwnTexts {
  const merged = Object.entries({ ...present, ...change }).filter(([, texts]) => texts !== null);
  return Object.fromEntries(merged) as OwnTexts;
}

function settle<Value>(present: Value | undefined, change: Value | null | undefined): Value | undefined {
  return change === undefined ? present : (change ?? undefined);
}
