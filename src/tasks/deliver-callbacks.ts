import type { KeyObject } from 'node:crypto';
import type { CallbackRule } from '#core/callbacks/callback.ts';
import { type ClaimedCallback, claimCallbacks } from '#core/callbacks/claim-callbacks.ts';
import type { RecordDelivery } from '#core/callbacks/record-delivery.ts';
import type { Core } from '#core/core.ts';
import { openSubscriptionKey } from '#core/event-subscriptions/subscription-key.ts';
import type { StoredEvent } from '#core/events/event.ts';
import { openCallbackKey } from '#core/tenants/callback-key.ts';
import { businessNow, type Tenant } from '#core/tenants/tenant.ts';
import type { TargetPolicy } from '#kit/callback-url.ts';
import type { TenantId } from '#kit/ids.ts';
import { type PostResult, postSigned } from '../webhooks/post-signed.ts';
import { nextAttemptAt } from '../webhooks/retry-schedule.ts';

export interface CallbackMeans {
  /** Tells an event in the words of a dialect: the body that is signed and posted. */
  readonly renderCallback: (dialect: string, event: StoredEvent, tenant: Tenant) => string;
  /** The headers a dialect signs a body with, beside those that all callbacks carry. */
  readonly signCallback: (
    dialect: string,
    core: Core,
    body: string,
    /** The subscriber's, where somebody subscribed. */
    key?: string,
  ) => Promise<Readonly<Record<string, string>>>;
  /** How receivers of a dialect are treated otherwise than usual. */
  readonly callbackRule: (dialect: string) => CallbackRule;
  /** Where a tenant's callbacks may go. */
  readonly callbackPolicy: (tenant: Tenant) => TargetPolicy;
  /** In [0, 1): spreads retries. */
  readonly random: () => number;
  readonly observeCallback: (result: PostResult) => void;
}

interface DeliveryMeans extends CallbackMeans {
  readonly recordDelivery: RecordDelivery;
}

/** Delivers callbacks that are due and plans the next attempt of those that fail. Answers how many it took up. */
export async function deliverCallbacks(
  core: Core,
  means: DeliveryMeans,
  limit: number,
  tenantId?: TenantId,
): Promise<number> {
  const claimed = await claimCallbacks(core, limit, tenantId);
  const keys = new Map<TenantId, Promise<KeyObject | undefined>>();
  // Opened for these signatures only, and once for all of a tenant's; one that cannot be opened stops no other tenant's.
  const openKey = (id: TenantId) => {
    const key = keys.get(id) ?? openCallbackKey(core, id);
    keys.set(id, key);
    return key;
  };
  await Promise.all(claimed.map((one) => deliver(core, means, one, openKey)));
  return claimed.length;
}

async function deliver(
  core: Core,
  means: DeliveryMeans,
  { callback, event, tenant }: ClaimedCallback,
  openKey: (id: TenantId) => Promise<KeyObject | undefined>,
): Promise<void> {
  const privateKey = await openKey(tenant.id);
  const body = means.renderCallback(callback.dialect, event, tenant);
  const rule = means.callbackRule(callback.dialect);
  const result = await postSigned({
    url: callback.url,
    body,
    headers: {
      ...(await means.signCallback(callback.dialect, core, body, await keyOf(core, callback))),
      ...(rule.contentType === undefined ? {} : { 'content-type': rule.contentType(event) }),
    },
    id: callback.id,
    timestamp: core.clock.now(),
    secrets: privateKey === undefined ? [] : [{ kind: 'ed25519', privateKey }],
    policy: means.callbackPolicy(tenant),
    ...(rule.isDelivered === undefined ? {} : { isDelivered: rule.isDelivered }),
  });
  means.observeCallback(result);
  if (result.kind === 'delivered') {
    await means.recordDelivery(tenant, callback, { kind: 'delivered', status: result.status });
    return;
  }
  const now = businessNow(core.clock, tenant);
  const nextAt = result.gone
    ? undefined
    : nextAttemptAt(callback.attempts, now, means.random(), {
        retryAfterMs: result.retryAfterMs,
        maxAttempts: rule.attempts,
        retriesMs: rule.retriesMs,
      });
  await means.recordDelivery(tenant, callback, {
    kind: 'failed',
    reason: [result.reason, result.responseHead].filter(Boolean).join(': '),
    nextAt,
    ...(result.status === undefined ? {} : { status: result.status }),
  });
}

async function keyOf(
  core: Core,
  { tenantId, subscriptionId: id }: ClaimedCallback['callback'],
): Promise<string | undefined> {
  return id === null ? undefined : openSubscriptionKey(core, { tenantId, id });
}
