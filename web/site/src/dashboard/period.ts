// The time that a page is about, and the one before that it is compared with. Both are in the address; days are of UTC.

import { clockText, DAY, dayText, HOUR, utcDayText, type Range } from '../charts/scale';

/** `today` stands for 24 hours where sums have days alone. */
export const PERIODS = { '24h': '24 h', today: 'Today', '7d': '7 d', '28d': '28 d' } as const;
export type PeriodName = keyof typeof PERIODS | 'dates';

export interface Period {
  name: PeriodName;
  /** Milliseconds of a bin of charts: an hour of up to three days whose hours are kept, otherwise a day. */
  bin: number;
  /** From its begin to its end, which is the first moment that it does not have. */
  span: Range;
  before: Range;
  /** The same in days, for sums that have no hours: of 24 hours, today and yesterday. */
  days: Range;
  daysBefore: Range;
}

/** The most days of a period, since the answer has those of the one before too. */
const MAX_DAYS = 199;

const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

/** As long before; where that is less than a week, a week before, since a Sunday is compared with a Sunday. */
const shifted = ({ from, to }: Range): Range => {
  const back = Math.max(to - from, 7 * DAY);
  return { from: from - back, to: to - back };
};

/** So many days from a date on are shown by the hour, as long as hours of lists are kept: 192 of them. */
const HOURLY = 3 * DAY;
const HOURS_KEPT = 192 * HOUR;

/** Whether a period is short enough for hours, of which those of lists are no longer kept. */
export const isPastHours = ({ name, bin, span }: Period): boolean => name === 'dates' && bin === DAY && span.to - span.from <= HOURLY;

/** The period of an address; where it has none that the page knows, the longest of those that is no longer. */
export function periodOf(query: URLSearchParams, now: number, known: readonly PeriodName[]): Period {
  const today = Math.floor(now / DAY) * DAY;
  const days = (number: number): Range => ({ from: today - (number - 1) * DAY, to: today + DAY });
  const of = (name: PeriodName, span: Range): Period => ({ name, bin: DAY, span, before: shifted(span), days: span, daysBefore: shifted(span) });
  const [from, to] = [query.get('from'), query.get('to')];
  if (isDay(from) && isDay(to) && from <= to && Date.parse(to) - Date.parse(from) < MAX_DAYS * DAY && known.includes('dates')) {
    const span = { from: Date.parse(from), to: Date.parse(to) + DAY };
    return { ...of('dates', span), bin: span.to - span.from <= HOURLY && span.from > now - HOURS_KEPT ? HOUR : DAY };
  }
  const asked = query.get('period') ?? (from === null ? '7d' : '28d');
  const name = known.includes(asked as PeriodName) ? asked : asked === '24h' || asked === 'today' ? known[0] : known.filter((one) => one !== 'dates').at(-1);
  if (name === 'today') {
    return { ...of(name, days(1)), bin: HOUR };
  }
  if (name === '24h') {
    const hour = Math.floor(now / HOUR) * HOUR + HOUR;
    const span = { from: hour - DAY, to: hour };
    return { name, bin: HOUR, span, before: { from: span.from - DAY, to: span.from }, days: days(1), daysBefore: shifted(days(1)) };
  }
  return name === '28d' ? of(name, days(28)) : of('7d', days(7));
}

/** 2026-11-24 */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The days of a span as parameters of a request. */
export const daysAsked = ({ from, to }: Range): string => `from=${dayOf(from)}&to=${dayOf(to - 1)}`;

/** 18–24 Nov; 24 Nov; of 24 hours 23–24 Nov, 13:00 */
export function spanText({ from, to }: Range): string {
  const hours = from % DAY !== 0;
  const [first, last] = hours ? [dayText(from), dayText(to)] : [utcDayText(from), utcDayText(to - 1)];
  const [day, month] = first.split(' ') as [string, string];
  return `${first === last ? first : `${last.endsWith(month) ? day : first}–${last}`}${hours ? `, ${clockText(to)}` : ''}`;
}
