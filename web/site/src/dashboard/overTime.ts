// Outcomes over the time of a period and of the one before.

import type { Series } from '../charts/TimeChart';
import { DAY, HOUR, stampText, type Range } from '../charts/scale';
import { percent, points, signed } from '../format';
import type { OutcomeRow, Outcomes } from './answers';
import { daysAsked, spanText, type Period } from './period';
import { clickedOf, toneOfChange, type Measured } from './statistics';

/** Where the bins of a period and of the one before are asked for; hours are all in one answer. */
export const binsPath = ({ bin, span, before }: Period, filter = ''): string =>
  `/v1/insights/outcomes?${bin === HOUR ? `${daysAsked(before.from < span.from ? { from: before.from, to: span.to } : span)}&by=hour` : `${daysAsked({ from: before.from, to: span.to })}&by=day`}${filter}`;

export interface Bin {
  /** Its begin in milliseconds. */
  at: number;
  /** Undefined where no list was seen. */
  row: OutcomeRow | undefined;
}

/** The bins of a span that have begun, oldest first. */
export function binsOf(outcomes: Outcomes | undefined, { from, to }: Range, bin: number, now: number): Bin[] {
  const rows = new Map((outcomes?.rows ?? []).map((row) => [Date.parse(row.hour ?? row.day ?? ''), row]));
  return Array.from({ length: Math.max(0, Math.ceil((Math.min(to, now) - from) / bin)) }, (_, at) => ({ at: from + at * bin, row: rows.get(from + at * bin) }));
}

/** Whether a period has enough of what was before to be compared: a quarter of its lists, which a site that began in between does not have. */
export function isCompared(rows: readonly (OutcomeRow | undefined)[], before: readonly (OutcomeRow | undefined)[]): boolean {
  const lists = (of: readonly (OutcomeRow | undefined)[]) => of.reduce((sum, row) => sum + (row?.lists ?? 0), 0);
  return lists(before) > 0 && 4 * lists(before) >= lists(rows);
}

/** A figure of outcomes, as pages show it. */
export interface Metric {
  name: string;
  /** Undefined where the row has none. */
  of: (row: OutcomeRow | undefined) => number | undefined;
  text: (value: number) => string;
  /** Whether the answer has an interval of each. */
  interval?: boolean;
}

export const CLICKED: Metric = { name: 'Lists clicked', of: (row) => clickedOf(row)?.value, text: (value) => percent(value), interval: true };

/** The series of a metric over a period, and over the one before where that has one. */
export function seriesOf(metric: Metric, { span, before }: Period, bins: readonly Bin[], binsBefore: readonly Bin[]): Series[] {
  const values = (of: readonly Bin[]) => of.map(({ row }) => metric.of(row));
  const ends = metric.interval ? { low: bins.map(({ row }) => clickedOf(row)?.low), high: bins.map(({ row }) => clickedOf(row)?.high) } : {};
  const earlier = values(binsBefore).slice(0, bins.length);
  return [
    { name: spanText(span), values: values(bins), ...ends },
    ...(earlier.some((value) => value !== undefined) ? [{ name: spanText(before), tone: 'rest' as const, values: earlier }] : []),
  ];
}

export interface Change {
  text: string;
  tone: 'good' | 'bad' | 'noise';
}

/** How a figure differs from the one before: of shares in points, of others as a part. */
export function changeOf(now: Measured | undefined, before: Measured | undefined, kind: 'share' | 'amount'): Change | undefined {
  if (now === undefined || before === undefined || (kind === 'amount' && before.value === 0)) {
    return undefined;
  }
  const difference = now.value - before.value;
  const text = kind === 'share' ? `${points(difference)} points` : `${signed((100 * difference / before.value).toFixed(0))} %`;
  return { text: text.replace(/^[+−](0(\.0)?) /, '±$1 '), tone: toneOfChange(now, before) };
}

/** A change of what can come days after its list: while days can still change, a fall is not told apart from what is still to come. */
export const settled = (change: Change | undefined, bins: readonly Bin[]): Change | undefined =>
  change?.tone === 'bad' && bins.some(({ row }) => row?.final === false) ? { ...change, tone: 'noise' } : change;

/** The bins as rows of a table. */
export const binRows = (metric: Metric, bins: readonly Bin[], bin: number) =>
  bins.filter(({ row }) => row !== undefined).map(({ at, row }) => {
    const [value, clicked] = [metric.of(row), clickedOf(row)];
    return [
      bin < DAY ? stampText(at).slice(0, 16) : new Date(at).toISOString().slice(0, 10), row?.lists ?? 0, row?.listsClicked ?? 0, value === undefined ? '–' : metric.text(value),
      ...(metric.interval && clicked !== undefined ? [percent(clicked.low), percent(clicked.high)] : metric.interval ? ['–', '–'] : []),
    ];
  });
