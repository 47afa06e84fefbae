// The few formulas that pages need.

import type { DayFigures } from './answers';

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

/** Events a minute between samples of a count, each at the end of its stretch. */
export function rates(samples: readonly { at: string; events: number }[]): { at: number; perMinute: number }[] {
  return samples.slice(1).flatMap((sample, before) => {
    const start = samples[before] as { at: string; events: number };
    const minutes = (Date.parse(sample.at) - Date.parse(start.at)) / 60_000;
    return minutes > 0 ? [{ at: Date.parse(sample.at), perMinute: (sample.events - start.events) / minutes }] : [];
  });
}

/** The share of lists that were clicked; undefined where no list was seen. */
export const clickedShare = (day: Pick<DayFigures, 'lists' | 'listsClicked'>): number | undefined => (day.lists > 0 ? day.listsClicked / day.lists : undefined);

/** A text as a field of CSV, in quotes where it has to be; one that a spreadsheet would run as a formula begins with a quote. */
export function csvField(value: string | number): string {
  const text = typeof value === 'string' && /^[\s\p{Cf}]*[=+\-@\t\r\n＝＋－＠]/u.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table as CSV with a header (RFC 4180). */
export const csv = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, ...rows].map((row) => row.map(csvField).join(',')).join('\r\n') + '\r\n';
