/** Days, months and time zones: what an instant is called where somebody lives, and when that somebody's day ends. */
import { Temporal } from 'temporal-polyfill';

const datePattern = /^\d{4}-\d{2}-\d{2}$/;
const zonePattern = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;

/** Whether the text is `YYYY-MM-DD` and a day of the calendar. Year 0000 is not: PostgreSQL has none. */
export function isCalendarDate(text: string): boolean {
  if (!datePattern.test(text) || text.startsWith('0000')) return false;
  return answers(() => Temporal.PlainDate.from(text));
}

/** Whether the text names a time zone (`Europe/Stockholm`, `UTC`). Bare offsets are refused: they know no summer time. */
export function isTimeZone(text: string): boolean {
  return (
    zonePattern.test(text) &&
    answers(() => Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text))
  );
}

/**
 * The instant at which the local day is over: the first of the next day, whatever the clocks did that night.
 * `date` and `zone` must be a calendar date and a time zone.
 */
export function endOfDay(date: string, zone: string): Date {
  const nextDay = Temporal.PlainDate.from(date).add({ days: 1 });
  return new Date(nextDay.toZonedDateTime(zone).epochMilliseconds);
}

/** The first instant of the local day. `date` and `zone` must be a calendar date and a time zone. */
export function startOfDay(date: string, zone: string): Date {
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds);
}

/**
 * The instant at which clocks in the zone show the full hour, `days` after the date (before it, where negative). An hour
 * that the zone skips that day is the one after it.
 */
export function hourOfDay(date: string, days: number, hour: number, zone: string): Date {
  const day = Temporal.PlainDate.from(date).add({ days });
  const at = day.toZonedDateTime({ timeZone: zone, plainTime: { hour } });
  return new Date(at.epochMilliseconds);
}

/** The calendar date, `YYYY-MM-DD`, that people in the zone have at this instant. */
export function localDate(at: Date, zone: string): string {
  return inZone(at, zone).toPlainDate().toString();
}

/** What clocks in the zone show at this instant: `HH:MM`. */
export function localTime(at: Date, zone: string): string {
  return inZone(at, zone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** The instant at which clocks in the zone show `time` (`HH:MM`) on `date`; the first where they show it twice. */
export function atTime(date: string, time: string, zone: string): Date {
  const local = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
  return new Date(local.toZonedDateTime(zone).epochMilliseconds);
}

/** The instant with the zone's offset then and microseconds: `2024-03-21T16:50:10.268000+02:00`; UTC is `+00:00`. */
export function localInstant(at: Date, zone: string): string {
  return inZone(at, zone).toString({ timeZoneName: 'never', fractionalSecondDigits: 6 });
}

/** A stretch of calendar time, not negative, of at most a century. */
export type Duration = Temporal.Duration;

const century = Temporal.Duration.from({ years: 100 });

/** Reads ISO 8601: `P1M`, `PT5M`, `P1Y2M10DT2H30M`. Undefined for anything else, for negatives and beyond a century. */
export function parseDuration(text: string): Duration | undefined {
  try {
    const duration = Temporal.Duration.from(text);
    const excess = Temporal.Duration.compare(duration, century, { relativeTo: '2000-01-01' });
    return duration.sign < 0 || excess > 0 ? undefined : duration;
  } catch {
    return undefined;
  }
}

/**
 * The instant a duration later by the zone's calendar and wall clock: a month after Jan 31 is the last of February, a
 * day after noon is noon. Hours, minutes and seconds are elapsed time. A series must be counted from its anchor
 * (`P1M`, `P2M`, …), not step by step, or one short month shortens all that follow.
 * Throws where `duration` is text that `parseDuration` refuses.
 */
export function addDuration(at: Date, duration: Duration | string, zone: string): Date {
  const parsed = typeof duration === 'string' ? parseDuration(duration) : duration;
  if (parsed === undefined) throw new RangeError('not a duration');
  return new Date(inZone(at, zone).add(parsed).epochMilliseconds);
}

function inZone(at: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
}

function answers(question: () => unknown): boolean {
  try {
    question();
    return true;
  } catch {
    return false;
  }
}
