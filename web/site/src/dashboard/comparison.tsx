// How the metrics of experiments are told: shares in percentage points, everything else as it is.

import { binText, ZONE } from '../charts/scale';
import { TimeChart, type Marker } from '../charts/TimeChart';
import type { TableData } from '../design/Table';
import { percent, points, signed } from '../format';
import type { Comparison, ExperimentResults } from './answers';

const isShare = (metric: string) => /ctr|rate|share/i.test(metric);

const NUMBER = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

export const differenceText = (metric: string, value: number | undefined, digits = 2): string =>
  value === undefined ? '–' : isShare(metric) ? `${points(value, digits)} points` : signed(NUMBER.format(value));

export const levelText = (metric: string, value: number | undefined): string => (value === undefined ? '–' : isShare(metric) ? percent(value, 2) : NUMBER.format(value));

const TURNED: Readonly<Record<string, string>> = { better: 'worse', worse: 'better' };

const turned = <T extends Comparison>({ control, arm, difference, interval, series, lift: _, ...rest }: T): T => ({
  ...rest, ...(arm !== undefined && { control: arm }), ...(control !== undefined && { arm: control }), ...(difference !== undefined && { difference: -difference }),
  ...(interval !== undefined && { interval: [-interval[1], -interval[0]] }), ...(series !== undefined && { series: series.map((moment) => ({ ...moment, difference: -moment.difference, lower: -moment.upper, upper: -moment.lower })) }),
} as T);

/**
 * Results as every page tells them. The second arm of a holdout goes without recommendation and is compared with the first by the API; what is told is what
 * the first, with recommendation, gains over it, so signs, sides and verdicts are turned.
 */
export const told = (results: ExperimentResults): ExperimentResults =>
  results.definition.layer !== 'holdout'
    ? results
    : {
      ...results,
      arms: results.arms.map(({ conclusion, primary, guardrails, secondary, groups, ...arm }) => ({
        ...arm, conclusion: TURNED[conclusion] ?? conclusion, ...(primary !== undefined && { primary: turned(primary) }), guardrails: guardrails.map(turned), secondary: secondary.map(turned),
        groups: groups.map(({ controlUsers, users, ...group }) => ({ ...turned(group as (typeof groups)[number]), controlUsers: users, users: controlUsers })),
      })),
    };

/** The sides of a comparison as they are told: what is compared, and with what. */
export const sidesOf = ({ control, definition }: ExperimentResults, arm: string): { arm: string; base: string } => (definition.layer === 'holdout' ? { arm: control, base: arm } : { arm, base: control });

type Gain = Required<Pick<Comparison, 'metric' | 'name' | 'difference' | 'interval'>> & { tone: 'good' | 'bad' | 'noise'; series: NonNullable<Comparison['series']> };

/** What the users of the recommender do more than those whom a holdout keeps without it, since it began and until a time; undefined where nothing is known of then. */
export function gainOf(results: ExperimentResults | undefined, until = Infinity): Gain | undefined {
  const { metric = '', name = '', difference, interval, series = [] } = (results && told(results).arms[0]?.primary) ?? {};
  const kept = series.filter((moment) => Date.parse(moment.at) <= until);
  const last = kept.at(-1);
  const at = until < Date.now() ? last && { difference: last.difference, interval: [last.lower, last.upper] as [number, number] } : difference === undefined || interval === undefined ? undefined : { difference, interval };
  return at && { metric, name, ...at, tone: at.interval[0] > 0 ? 'good' : at.interval[1] < 0 ? 'bad' : 'noise', series: kept };
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
    head: [`Until (${ZONE})`, 'Users', difference, { ...difference, name: 'From' }, { ...difference, name: 'To' }],
    rows: series.map((moment) => [binText(Date.parse(moment.at), 1), moment.n, moment.difference, moment.lower, moment.upper]),
  };
}
