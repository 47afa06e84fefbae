// The few formulas that pages need.

import type { OutcomeRow } from './answers';

export interface Interval {
  low: number;
  high: number;
}

const Z95 = 1.959964;

/** Wilson's interval of a share: 95 %, as if every trial were independent of the others. */
export function wilson(successes: number, trials: number, z = Z95): Interval {
  if (trials === 0) {
    return { low: 0, high: 1 };
  }
  const share = successes / trials;
  const centre = share + (z * z) / (2 * trials);
  const half = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials));
  const scale = 1 + (z * z) / trials;
  return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}

/** A figure with half the width of its 95 % interval, where that is known. */
export interface Measured {
  value: number;
  half?: number;
}

/** The share of a row's lists that were clicked, with the interval of the answer, or Wilson's where it has none; undefined without a list. */
export function clickedOf(row: OutcomeRow | undefined): (Measured & Interval) | undefined {
  const { lists = 0, listsClicked = 0, interval } = row ?? {};
  const { low, high } = interval === undefined ? wilson(listsClicked, lists) : { low: interval.lower, high: interval.upper };
  return lists === 0 ? undefined : { value: listsClicked / lists, half: (high - low) / 2, low, high };
}

/** The least number of bins whose spread says something. */
const LEAST_BINS = 5;

/**
 * The ratio of two sums over bins, such as conversions over lists by day. Its interval is from how far the bins are apart (the linearized ratio estimator,
 * with Student's t), so it has the difference of weekdays in it too.
 */
export function ratioOf(bins: readonly { of: number; per: number }[]): Measured | undefined {
  const [of, per] = [bins.reduce((sum, bin) => sum + bin.of, 0), bins.reduce((sum, bin) => sum + bin.per, 0)];
  if (per === 0) {
    return undefined;
  }
  const value = of / per;
  const free = bins.length - 1;
  if (bins.length < LEAST_BINS) {
    return { value };
  }
  const squares = bins.reduce((sum, bin) => sum + (bin.of - value * bin.per) ** 2, 0);
  return { value, half: (student(free) * Math.sqrt((squares * bins.length) / free)) / per };
}

/** The 97.5 % quantile of Student's t, by the expansion of Cornish and Fisher: 0.3 % too small at 4 degrees of freedom, and closer above. */
const student = (free: number) =>
  Z95 + (Z95 ** 3 + Z95) / (4 * free) + (5 * Z95 ** 5 + 16 * Z95 ** 3 + 3 * Z95) / (96 * free ** 2) + (3 * Z95 ** 7 + 19 * Z95 ** 5 + 17 * Z95 ** 3 - 15 * Z95) / (384 * free ** 3);

/** What a change means: within noise where the 95 % interval of the difference has zero in it, or is not known. */
export function toneOfChange(now: Measured, before: Measured): 'good' | 'bad' | 'noise' {
  const difference = now.value - before.value;
  return now.half === undefined || before.half === undefined || Math.abs(difference) <= Math.hypot(now.half, before.half) ? 'noise' : difference > 0 ? 'good' : 'bad';
}

/** A text as a field of CSV, in quotes where it has to be; one that a spreadsheet would run as a formula begins with a quote. */
export function csvField(value: string | number): string {
  const text = typeof value === 'string' && /^[\s\p{Cf}]*[=+\-@\t\r\n＝＋－＠]/u.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as CSV with a header (RFC 4180). */
export const csv = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, ...rows].map((row) => row.map(csvField).join(',')).join('\r\n') + '\r\n';
