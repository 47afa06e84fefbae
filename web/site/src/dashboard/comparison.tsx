// How the metrics of experiments are told: shares in percentage points, everything else as it is.

import { binText } from '../charts/scale';
import { TimeChart, type Marker } from '../charts/TimeChart';
import type { TableData } from '../design/Table';
import { percent, points, signed } from '../format';
import type { Comparison, ExperimentResults } from './answers';

const isShare = (metric: string) => /ctr|rate|share/i.test(metric);

const NUMBER = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

export const differenceText = (metric: string, value: number | undefined, digits = 2): string =>
  value === undefined ? '–' : isShare(metric) ? `${points(value, digits)} points` : signed(NUMBER.format(value));

export const levelText = (metric: string, value: number | undefined): string => (value === undefined ? '–' : isShare(metric) ? percent(value, 2) : NUMBER.format(value));

/** What the users of the recommender do more than those whom a holdout keeps without it: its second arm is compared with the first, so signs are turned. */
export function gainOf(results: ExperimentResults | undefined): (Required<Pick<Comparison, 'metric' | 'name' | 'difference' | 'interval'>> & { tone: 'good' | 'bad' | 'noise'; series: NonNullable<Comparison['series']> }) | undefined {
  const [held] = results?.arms ?? [];
  const { metric = '', name = '', difference, interval, series = [] } = held?.primary ?? {};
  return difference === undefined || interval === undefined
    ? undefined
    : {
      metric, name, difference: -difference, interval: [-interval[1], -interval[0]], tone: interval[1] < 0 ? 'good' : interval[0] > 0 ? 'bad' : 'noise',
      series: series.map((moment) => ({ ...moment, difference: -moment.difference, lower: -moment.upper, upper: -moment.lower })),
    };
}

type Moments = NonNullable<Comparison['series']>;

/** The difference over time with its confidence sequence, which narrows as users come. */
export function DifferenceChart({ metric, name, series, label, markers, height }: { metric: string; name: string; series: Moments; label: string; markers?: readonly Marker[]; height?: number }) {
  const [scale, digits] = isShare(metric) ? [100, 1] : [1, 3];
  const of = (value: (moment: Moments[number]) => number) => series.map((moment) => scale * value(moment));
  return (
    <TimeChart
      label={label} times={series.map((moment) => Date.parse(moment.at))} bin={0} around {...(markers === undefined ? {} : { markers })} {...(height === undefined ? {} : { height })}
      text={(value) => differenceText(metric, value / scale)} axisText={(value) => (value === 0 ? '0' : signed(value.toFixed(digits)))}
      series={[{ name, values: of((one) => one.difference), low: of((one) => one.lower), high: of((one) => one.upper) }]}
    />
  );
}

/** The same as a table. */
export function differences(metric: string, series: Moments): TableData {
  const difference = { name: 'Difference', text: (value: number) => differenceText(metric, value) };
  return {
    head: ['Until (UTC)', 'Users', difference, { ...difference, name: 'From' }, { ...difference, name: 'To' }],
    rows: series.map((moment) => [binText(Date.parse(moment.at), 1), moment.n, moment.difference, moment.lower, moment.upper]),
  };
}
