import type { Core, Subscribers } from '#core/core.ts';
import type { StoredEvent } from '#core/events/event.ts';
import { businessNow } from '#core/tenants/tenant.ts';
import type { EventId } from '#kit/ids.ts';
import { postSigned } from '../webhooks/post-signed.ts';
import type { CallbackMeans } from './deliver-callbacks.ts';

/** The way to subscribers: an event that nobody is told but the one who asks, once, its answer waited for. */
export function createSubscribers(
  core: () => Core,
  means: Pick<CallbackMeans, 'renderCallback' | 'signCallback'>,
): Subscribers {
  return {
    shakeHands: async (tenant, { dialect, url, key }) => {
      const { ids, clock, callbackTargets } = core();
      const id = ids.uuid() as EventId;
      const event: StoredEvent = {
        id,
        tenantId: tenant.id,
        sequence: null,
        type: 'subscription.handshake',
        subject: { kind: 'subscription', id, version: 1 },
        data: {},
        createdAt: businessNow(clock, tenant),
      };
      const body = means.renderCallback(dialect, event, tenant);
      const result = await postSigned({
        url,
        body,
        headers: await means.signCallback(dialect, core(), body, key),
        id,
        timestamp: clock.now(),
        secrets: [],
        policy: callbackTargets(tenant),
      });
      return result.kind === 'delivered';
    },
  };
}
