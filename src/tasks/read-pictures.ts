import type { Tenant } from '#core/tenants/tenant.ts';
import type { TargetPolicy } from '#kit/callback-url.ts';
import { type Clock, later } from '#kit/clock.ts';
import { type Picture, readDataUrl, readPicture } from '#kit/picture.ts';
import { getBounded } from '../webhooks/get-bounded.ts';
import { publicNetwork, type WebhookNetwork } from '../webhooks/post-signed.ts';

export type ReadPicture = (tenant: Pick<Tenant, 'id' | 'mode'>, url: string) => Promise<Picture | undefined>;

/** A logo is drawn at 48 pixels: this is room for a careless one. */
const maxBytes = 200_000;

/** A payer waits for the page, not for the logo: it comes a little later, or not at all. */
const timeoutMs = 5_000;

/** How long a picture is shown before it is asked for again, and how long one that could not be had is not. */
const keptMs = 60 * 60_000;
const missedMs = 5 * 60_000;

/** At most as many as fit in some ten megabytes as logos usually are; the oldest goes. */
const maxPictures = 500;

/**
 * Fetches tenants' logos, so that payers' browsers need not: whose page a payer looks at is told to nobody. Pictures are
 * kept in memory; many who ask at once are one request.
 */
export function pictureReader(means: {
  readonly clock: Clock;
  readonly policyFor: (tenant: Pick<Tenant, 'mode'>) => TargetPolicy;
  readonly network?: WebhookNetwork;
}): ReadPicture {
  const kept = new Map<string, { until: Date; picture: Promise<Picture | undefined> }>();
  const network = { ...(means.network ?? publicNetwork), timeoutMs };
  return (tenant, url) => {
    const now = means.clock.now();
    // What one tenant may ask for another may not: test tenants of a demo reach this machine.
    const key = `${tenant.mode} ${url}`;
    const found = kept.get(key);
    if (found !== undefined && found.until > now) return found.picture;
    const entry = { until: later(now, keptMs), picture: fetchPicture(url, means.policyFor(tenant), network) };
    kept.delete(key);
    kept.set(key, entry);
    const [oldest] = kept.keys();
    if (kept.size > maxPictures && oldest !== undefined) kept.delete(oldest);
    void entry.picture.then((picture) => {
      if (picture === undefined) entry.until = later(now, missedMs);
    });
    return entry.picture;
  };
}

async function fetchPicture(
  url: string,
  policy: TargetPolicy,
  network: WebhookNetwork,
): Promise<Picture | undefined> {
  if (url.startsWith('data:')) return readDataUrl(url);
  const file = await getBounded({ url, policy, maxBytes }, network);
  return file === undefined ? undefined : readPicture(file.bytes, file.contentType);
}
