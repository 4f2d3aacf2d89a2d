/** On which days, and when on them, a payer is reminded of a bill. Pure. */
import { hourOfDay } from '#kit/calendar.ts';
import type { Reminders, Tenant } from '../tenants/tenant.ts';

/** In the tenant's zone: late enough to wake nobody, early enough to pay the same day. */
const reminderHour = 10;

/** As many as anyone will read, and as far away as anyone remembers. */
export const maxReminders = 5;
export const maxReminderDays = 90;

type Schedule = Pick<Tenant, 'settings' | 'zone'>;

/** When the payer is next to be reminded after `now`; null where that is never. */
export function nextReminder(tenant: Schedule, dueDate: string | null, now: Date): Date | null {
  return instantsOf(tenant, dueDate).find(({ at }) => at > now)?.at ?? null;
}

/**
 * Which reminder is due: its day, counted from the due date. Of several that were missed, the last: nobody is reminded
 * twice at once. Undefined where the settings, or the zone, have changed since it was planned.
 */
export function dueReminder(tenant: Schedule, dueDate: string | null, now: Date): number | undefined {
  return instantsOf(tenant, dueDate).findLast(({ at }) => at <= now)?.day;
}

function instantsOf(
  { settings, zone }: Schedule,
  dueDate: string | null,
): readonly { readonly day: number; readonly at: Date }[] {
  if (dueDate === null || settings.reminders === undefined) return [];
  return daysOf(settings.reminders).map((day) => ({ day, at: hourOfDay(dueDate, day, reminderHour, zone) }));
}

function daysOf({ daysBefore, daysAfter }: Reminders): number[] {
  return [...new Set([...daysBefore.map((days) => 0 - days), ...daysAfter])].toSorted((a, b) => a - b);
}
