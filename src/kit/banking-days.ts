/** The days on which banks of the United States move money, and when they stop for the day. */
import { Temporal } from 'temporal-polyfill';
import { atTime, localDate } from './calendar.ts';

/** Where the Federal Reserve's clocks are. */
export const bankingZone = 'America/New_York';

/** Whether the Federal Reserve is open: no weekend, no holiday. `date` is `YYYY-MM-DD`. */
export function isBankingDay(date: string): boolean {
  const day = Temporal.PlainDate.from(date);
  return day.dayOfWeek < 6 && !isHoliday(day);
}

/** The first banking day after `date`, or the `count`-th. */
export function bankingDayAfter(date: string, count = 1): string {
  let day = Temporal.PlainDate.from(date);
  for (let left = count; left > 0; ) {
    day = day.add({ days: 1 });
    if (isBankingDay(day.toString())) left -= 1;
  }
  return day.toString();
}

/**
 * The cut-off under which something that is ready at `at` goes out: that of the same day where it is a banking day and
 * `time` (`HH:MM`, bank time) has not come yet, else that of the next banking day.
 */
export function nextCutOff(at: Date, time: string): { readonly at: Date; readonly date: string } {
  const today = localDate(at, bankingZone);
  const cutOff = atTime(today, time, bankingZone);
  if (isBankingDay(today) && at < cutOff) return { at: cutOff, date: today };
  const date = bankingDayAfter(today);
  return { at: atTime(date, time, bankingZone), date };
}

/**
 * Federal holidays as the Federal Reserve Banks keep them: one that falls on a Sunday is kept on Monday; one that falls
 * on a Saturday is not kept.
 */
function isHoliday(day: Temporal.PlainDate): boolean {
  const { month, dayOfWeek } = day;
  const isFixed = (one: Temporal.PlainDate) => fixedHolidays.has(`${one.month}-${one.day}`);
  if (isFixed(day) || (dayOfWeek === 1 && isFixed(day.subtract({ days: 1 })))) return true;
  const weekOfMonth = Math.ceil(day.day / 7);
  if (month === 5) return dayOfWeek === 1 && day.add({ days: 7 }).month === 6;
  return floatingHolidays.has(`${month}-${dayOfWeek}-${weekOfMonth}`);
}

/** Month and day: New Year, Juneteenth, Independence Day, Veterans Day, Christmas. */
const fixedHolidays: ReadonlySet<string> = new Set(['1-1', '6-19', '7-4', '11-11', '12-25']);

/**
 * Month, day of the week, which of the month: Martin Luther King's birthday, Washington's birthday, Labor Day, Columbus
 * Day, Thanksgiving. Memorial Day, the last Monday of May, is reckoned apart.
 */
const floatingHolidays: ReadonlySet<string> = new Set(['1-1-3', '2-1-3', '9-1-1', '10-1-2', '11-4-4']);
