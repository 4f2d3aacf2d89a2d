import type { StoredEvent } from '#core/events/event.ts';
import { writeHappening } from './write.ts';

/** Tells an event as the log does. Its number is left out: it may be told before the log has numbered it. */
export function renderCallback(event: StoredEvent): string {
  return JSON.stringify(writeHappening(event));
}
