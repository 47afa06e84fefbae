// Scales of charts: round ticks for values, and round moments in UTC for times.

export interface Range {
  from: number;
  to: number;
}

/** Round values on a scale, at most five, in steps of 1, 2 or 5 times a power of ten. */
export function ticksOf({ from, to }: Range): number[] {
  const rough = (to - from) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((times) => times * power >= rough) ?? 10) * power;
  const first = Math.ceil(from / step - 1e-9);
  return Array.from({ length: Math.floor(to / step + 1e-9) - first + 1 }, (_, at) => (first + at) * step);
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const STEPS = [MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 4 * DAY, 7 * DAY, 14 * DAY, 28 * DAY, 56 * DAY, 112 * DAY];

/** Moments on a scale of times, at most so many: full hours and days in UTC, or weeks from the first day on. */
export function momentsOf({ from, to }: Range, most: number): { at: number; text: string }[] {
  const step = STEPS.find((one) => (to - from) / one <= most) ?? STEPS.at(-1)!;
  const origin = step > DAY ? Math.ceil(from / DAY) * DAY : 0;
  const first = origin + Math.ceil((from - origin) / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, number) => {
    const at = first + number * step;
    return { at, text: at % DAY === 0 ? dayText(at) : clockText(at) };
  });
}

const DAYS = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const WEEKDAYS = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });

/** 24 Nov */
export const dayText = (at: number): string => DAYS.format(at);

/** 12:00 */
export const clockText = (at: number): string => new Date(at).toISOString().slice(11, 16);

/** What a bin of so many milliseconds is called: a day, an hour of a day, or a moment to the minute or second. */
export function binText(at: number, bin: number): string {
  if (bin >= DAY) {
    return WEEKDAYS.format(at);
  }
  return `${dayText(at)}, ${bin === HOUR ? `${clockText(at)}–${clockText(at + bin)}` : bin === 0 ? new Date(at).toISOString().slice(11, 19) : clockText(at)}`;
}
