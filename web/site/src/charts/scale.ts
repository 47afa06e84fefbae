// Scales of charts: round ticks for values, and round moments for times.

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

const STORAGE = 'freshet.zone';

/** The zone of the browser. */
export const LOCAL_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone in which moments and hours are told: UTC, or the browser's where that was chosen. Days are those of UTC everywhere, by which the API sums. */
export const ZONE = globalThis.localStorage?.getItem(STORAGE) === 'local' ? LOCAL_ZONE : 'UTC';

/** Tells moments in UTC or in the zone of the browser, in this browser from now on. */
export function chooseZone(zone: string): void {
  localStorage.setItem(STORAGE, zone === 'UTC' ? 'utc' : 'local');
  location.reload();
}

const form = (locale: string, timeZone: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
const DAYS = form('en-GB', ZONE, { day: 'numeric', month: 'short' });
const UTC_DAYS = form('en-GB', 'UTC', { day: 'numeric', month: 'short' });
const WEEKDAYS = form('en-GB', 'UTC', { weekday: 'short', day: 'numeric', month: 'short' });
const STAMPS = form('sv-SE', ZONE, { dateStyle: 'short', timeStyle: 'medium' });

/** 2026-11-24 12:00:00 */
export const stampText = (at: number): string => STAMPS.format(at);

/** 24 Nov: the day of a moment. */
export const dayText = (at: number): string => DAYS.format(at);

/** 24 Nov: a day of sums. */
export const utcDayText = (at: number): string => UTC_DAYS.format(at);

/** 12:00 */
export const clockText = (at: number): string => stampText(at).slice(11, 16);

/** Moments on a scale of times, at most so many: full hours, or days, which are of UTC, or weeks from the first day on. */
export function momentsOf({ from, to }: Range, most: number): { at: number; text: string }[] {
  const step = STEPS.find((one) => (to - from) / one <= most) ?? STEPS.at(-1)!;
  // How far the zone is ahead of UTC, where hours are told.
  const ahead = step >= DAY ? 0 : Date.parse(`${stampText(from).replace(' ', 'T')}Z`) - Math.floor(from / 1000) * 1000;
  const origin = step > DAY ? Math.ceil(from / DAY) * DAY : -ahead;
  const first = origin + Math.ceil((from - origin) / step) * step;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, number) => {
    const at = first + number * step;
    return { at, text: step >= DAY ? utcDayText(at) : (at + ahead) % DAY === 0 ? dayText(at) : clockText(at) };
  });
}

/** What a bin of so many milliseconds is called: a day, an hour of a day, or a moment to the minute or second. */
export function binText(at: number, bin: number): string {
  if (bin >= DAY) {
    return WEEKDAYS.format(at);
  }
  return `${dayText(at)}, ${bin === HOUR ? `${clockText(at)}–${clockText(at + bin)}` : bin === 0 ? stampText(at).slice(11) : clockText(at)}`;
}
