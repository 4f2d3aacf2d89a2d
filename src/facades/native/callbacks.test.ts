import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoredEvent } from '#core/events/event.ts';
import type { EventId, TenantId } from '#kit/ids.ts';
import { renderCallback } from './callbacks.ts';

test('a callback tells the event as the log does, without the number it may not have yet', () => {
  const event: StoredEvent = {
    id: 'e1' as EventId,
    tenantId: 't1' as TenantId,
    sequence: null,
    type: 'payment.completed',
    subject: { kind: 'payment', id: 'p1', version: 3 },
    data: { amount: 14000, currency: 'SEK' },
    createdAt: new Date('2027-01-31T00:00:00Z'),
  };
  assert.deepEqual(JSON.parse(renderCallback(event)), {
    id: 'e1',
    type: 'payment.completed',
    subject: 'payment:p1',
    createdAt: '2027-01-31T00:00:00.000Z',
    data: { amount: 14000, currency: 'SEK' },
  });
});
