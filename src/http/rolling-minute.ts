/** Seconds in the window; one more is kept, so that nothing is forgotten before its minute is over. */
const windowSeconds = 61;

/** Keys remembered at once: a flood of them must not fill the memory. */
const maxKeys = 20_000;

interface Spent {
  /** What each of the last seconds cost, at its number modulo the window. */
  readonly bySecond: Float64Array;
  second: number;
}

/** Counts what was asked in the last sixty seconds, key by key, in whole seconds of the time it is told. */
export function rollingMinute(): {
  /** Takes `cost` if `max` allows for it; answers the seconds after which it would, or 0 where it was taken. */
  take(key: string, cost: number, max: number, now: Date): number;
} {
  const all = new Map<string, Spent>();
  return {
    take: (key, cost, max, now) => {
      const second = Math.floor(now.getTime() / 1_000);
      if (all.size >= maxKeys) all.clear();
      const spent = all.get(key) ?? { bySecond: new Float64Array(windowSeconds), second };
      all.set(key, spent);
      forget(spent, second);
      const waitSeconds = waitFor(spent, max - Math.min(cost, max));
      const place = second % windowSeconds;
      if (waitSeconds === 0) spent.bySecond[place] = (spent.bySecond[place] ?? 0) + cost;
      return waitSeconds;
    },
  };
}

function forget(spent: Spent, second: number): void {
  const passed = Math.min(Math.max(second - spent.second, 0), windowSeconds);
  for (let ago = 0; ago < passed; ago += 1) spent.bySecond[(second - ago) % windowSeconds] = 0;
  spent.second = Math.max(spent.second, second);
}

/** Seconds until no more than `left` of the window is spent. */
function waitFor({ bySecond, second }: Spent, left: number): number {
  let sum = bySecond.reduce((total, one) => total + one, 0);
  let waitSeconds = 0;
  for (; sum > left; waitSeconds += 1) sum -= bySecond[(second + 1 + waitSeconds) % windowSeconds] ?? 0;
  return waitSeconds;
}
