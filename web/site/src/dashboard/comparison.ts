// How the metrics of experiments are told: shares in percentage points, everything else as it is.

import { percent, points, signed } from '../format';
import type { Comparison, ExperimentResults } from './answers';

export const isShare = (metric: string) => /ctr|rate|share/i.test(metric);

export const differenceText = (metric: string, value: number): string => (isShare(metric) ? `${points(value)} points` : signed(value.toFixed(3)));

export const levelText = (metric: string, value: number | undefined): string => (value === undefined ? '–' : isShare(metric) ? percent(value, 2) : value.toFixed(3));

/** What the users of the recommender do more than those whom a holdout keeps without it: its second arm is compared with the first, so signs are turned. */
export function gainOf(results: ExperimentResults | undefined): (Required<Pick<Comparison, 'metric' | 'difference' | 'interval'>> & { tone: 'good' | 'bad' | 'noise'; series: NonNullable<Comparison['series']> }) | undefined {
  const [held] = results?.arms ?? [];
  const { metric = '', difference, interval, series = [] } = held?.primary ?? {};
  return difference === undefined || interval === undefined
    ? undefined
    : {
      metric, difference: -difference, interval: [-interval[1], -interval[0]], tone: interval[1] < 0 ? 'good' : interval[0] > 0 ? 'bad' : 'noise',
      series: series.map((moment) => ({ ...moment, difference: -moment.difference, lower: -moment.upper, upper: -moment.lower })),
    };
}
