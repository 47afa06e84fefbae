import type { ComponentChildren } from 'preact';
import { useMemo } from 'preact/hooks';
import { binText, DAY, dayText, MINUTE, utcDayText, ZONE } from '../charts/scale';
import { TimeChart, type Marker } from '../charts/TimeChart';
import { Command } from '../design/Command';
import { Empty } from '../design/states';
import { count, duration, percent, plural } from '../format';
import type { ExperimentResults, Flow, FlowHistory, OutcomeRow, Outcomes } from './answers';
import { Big } from './Big';
import { DifferenceChart, differences, differenceText, gainOf } from './comparison';
import { Figure } from './Figure';
import { FreshnessFigure } from './FlowFigures';
import { stepOf, stepsIn } from './flowHistory';
import { Link } from './location';
import { binRows, binsPath, changeOf, CLICKED, seriesOf, settled, type Bin, type Change, type Metric } from './overTime';
import { spanText, type Period } from './period';
import { clickedOf, ratioOf, type Measured } from './statistics';

/** Of the one large chart, in pixels. */
const HEIGHT = 280;

const perThousand = (of: (row: OutcomeRow) => number) => (row: OutcomeRow | undefined) => (row?.lists ? (1000 * of(row)) / row.lists : undefined);

/** The ratio of sums of rows over bins, for 1,000 lists. */
const overBins = (bins: readonly Bin[], of: (row: OutcomeRow) => number) => ratioOf(bins.flatMap(({ row }) => (row?.lists ? [{ of: 1000 * of(row), per: row.lists }] : [])));

/** The share of lists that were clicked, over bins: their intervals are put together as if no user came in two of them. */
function clickedOver(bins: readonly Bin[]): Measured | undefined {
  const rows = bins.flatMap(({ row }) => (row?.lists ? [row] : []));
  const lists = rows.reduce((sum, row) => sum + (row.lists ?? 0), 0);
  const half = Math.hypot(...rows.map((row) => (row.lists ?? 0) * (clickedOf(row)?.half ?? 0))) / lists;
  return lists === 0 ? undefined : { value: rows.reduce((sum, row) => sum + (row.listsClicked ?? 0), 0) / lists, half };
}

interface Props {
  period: Period;
  bins: Bin[];
  before: Bin[];
  countedBy: Outcomes['countedBy'];
  total: OutcomeRow | undefined;
  totalBefore: OutcomeRow | undefined;
  flow: Flow | undefined;
  history: FlowHistory | undefined;
  /** What failed or was deployed, and when. */
  markers: readonly Marker[];
  holdout: string | undefined;
  results: ExperimentResults | undefined;
  /** Which figures are still to come. */
  waits: { gain: boolean; freshness: boolean };
  /** The figure whose chart is drawn. */
  asked: string;
  choose: (figure: string) => void;
}

interface Told {
  key: string;
  name: string;
  value: string;
  note: string;
  change?: Change | undefined;
  course?: readonly number[];
  chart: () => ComponentChildren;
}

/** Five figures in a row; the one that is chosen has its chart below. */
export function HomeFigures(props: Props) {
  const { asked, choose: _, waits, ...known } = props;
  const figures = useMemo(() => [objective(props), revenue(props), clicked(props), gain(props), freshness(props)], [...Object.values(known), waits.gain, waits.freshness]);
  const chosen = figures.find((one) => one.key === asked) ?? figures[2]!;
  const chart = useMemo(chosen.chart, [chosen]);
  return (
    <>
      <dl class="figures">
        {figures.map(({ key, chart, ...one }) => <Big key={key} {...one} pressed={key === chosen.key} onOpen={() => props.choose(key)} />)}
      </dl>
      {chart}
    </>
  );
}

/** The values of bins that are over: the part of a day that is there so far is no whole day's. */
const values = (metric: Metric, bins: readonly Bin[], { bin }: Period) => bins.flatMap(({ at, row }) => (at + bin > Date.now() ? [] : (metric.of(row) ?? [])));

const awaited = (key: string, name: string): Told => ({ key, name, value: '…', note: 'Loading…', chart: () => <Figure title={name} caption="Loading…" /> });

interface MetricProps extends Props {
  metric: Metric;
  now: Measured | undefined;
  earlier: Measured | undefined;
  change: Change | undefined;
  how: string;
}

const OF_BINS =
  'The change is judged by how far days, or hours, of a period are apart: the interval of each ratio is that of the linearized ratio estimator with Student’s t, from five of them on. Weekdays are part of that spread, so a small true change can be grey.';

const STILL_COMES = 'A purchase can come seven days after its list, so the latest days still rise, and a fall is grey as long as a day can change. ';

function MetricFigure({ metric, now, earlier, change, how, period, bins, before, markers }: MetricProps) {
  const { bin, span } = period;
  return (
    <Figure
      title={metric.name} how={how} file={[{ name: 'outcomes', path: binsPath(period) }]}
      caption={now === undefined ? 'No list of this period was reported as seen.' : `${metric.text(now.value)} in ${spanText(span)}${earlier === undefined ? '' : `, ${metric.text(earlier.value)} in ${spanText(period.before)}`}${change?.tone === 'noise' ? '; the change is within noise' : ''}.`}
      table={{ head: [bin === DAY ? 'Day (UTC)' : `Hour (${ZONE})`, 'Lists', 'Clicked', metric.name, ...(metric.interval ? ['From', 'To'] : [])], rows: binRows(metric, [...before, ...bins], bin) }}
      empty={now === undefined && 'Pages have to send impressions with the token of the list (docs/experiments.md).'}
    >
      <TimeChart label={metric.name} times={bins.map(({ at }) => at)} bin={bin} text={metric.text} series={seriesOf(metric, period, bins, before)} height={HEIGHT} markers={markers} />
    </Figure>
  );
}

/** Conversions where there are any, otherwise clicks. */
function objective(props: Props): Told {
  const { bins, before, countedBy } = props;
  const converts = [...bins, ...before].some(({ row }) => (row?.conversions ?? 0) !== 0);
  const of = (row: OutcomeRow) => (converts ? row.conversions : row.clicks);
  const metric: Metric = { name: `${converts ? 'Conversions' : 'Clicks'} per 1,000 lists`, of: perThousand(of), text: (value) => (value < 100 ? value.toFixed(1) : count(value)) };
  const [now, earlier] = [overBins(bins, of), overBins(before, of)];
  const change = converts ? settled(changeOf(now, earlier, 'amount'), bins) : changeOf(now, earlier, 'amount');
  const all = bins.reduce((sum, { row }) => sum + (row === undefined ? 0 : of(row)), 0);
  const { conversionTypes, clickWindowHours, viewThroughHours, weights } = countedBy;
  const counted = converts ? `Conversions (${conversionTypes.join(', ')}) of items clicked in the list${viewThroughHours === 0 ? '' : ` or shown in it up to ${viewThroughHours} h before`}, each counted as one` : `Clicks within ${clickWindowHours} h of the list`;
  const learned = Object.entries(weights).map(([type, weight]) => `${type} ${weight}`).join(', ');
  const how = `${counted}, by the day of their list, over lists with an impression. When the model learns, ${learned === '' ? 'each interaction weighs 1' : `interactions weigh: ${learned}; others 1`} (the option objective). ${converts ? STILL_COMES : ''}${OF_BINS}`;
  return {
    key: 'objective', name: metric.name, value: now === undefined ? '–' : metric.text(now.value), change, course: values(metric, bins, props.period), note: `${plural(all, converts ? 'conversion' : 'click')} in all`,
    chart: () => <MetricFigure {...props} {...{ metric, now, earlier, change, how }} />,
  };
}

/** What was paid in the currency with the most, the others beside it; lists where nothing was. */
function revenue(props: Props): Told {
  const { bins, before, period } = props;
  const sums = new Map<string, number>();
  bins.forEach(({ row }) => Object.entries(row?.revenue ?? {}).forEach(([currency, amount]) => sums.set(currency, (sums.get(currency) ?? 0) + amount)));
  const [first, ...others] = [...sums].sort(([, a], [, b]) => b - a);
  if (first === undefined) {
    const metric: Metric = { name: `Lists ${period.bin === DAY ? 'a day' : 'an hour'}`, of: (row) => row?.lists, text: count };
    const mean = (of: readonly Bin[]) => ratioOf(of.flatMap(({ row }) => (row?.lists ? [{ of: row.lists, per: 1 }] : [])));
    const whole = (of: readonly Bin[]) => mean(of.slice(0, bins.length - 1));
    const [now, earlier] = [whole(bins) ?? mean(bins), whole(before)];
    const change = changeOf(now, earlier, 'amount');
    const all = bins.reduce((sum, { row }) => sum + (row?.lists ?? 0), 0);
    return {
      key: 'revenue', name: metric.name, value: now === undefined ? '–' : metric.text(now.value), change, course: values(metric, bins, props.period), note: `${plural(all, 'list')} in all; no revenue was reported`,
      chart: () => <MetricFigure {...props} {...{ metric, now, earlier, change, how: `Lists with an impression. The running ${period.bin === DAY ? 'day' : 'hour'} is not in the mean, nor are those without a list. ${OF_BINS}` }} />,
    };
  }
  const [currency, amount] = first;
  const money = (value: number) => {
    const digits = Math.abs(value) < 1000 ? 2 : 0;
    return `${currency} ${value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
  };
  const of = (row: OutcomeRow) => row.revenue?.[currency] ?? 0;
  const metric: Metric = { name: 'Revenue per 1,000 lists', of: perThousand(of), text: money };
  const [now, earlier] = [overBins(bins, of), overBins(before, of)];
  const change = settled(changeOf(now, earlier, 'amount'), bins);
  const note = [`${money(amount)} in all`, ...others.map(([name, sum]) => `${name} ${sum.toLocaleString('en', { maximumFractionDigits: 2 })}`)].join(', ');
  const how = `What was paid for items that lists showed, less refunds, by the day of the list, in ${currency}; other currencies are not converted. ${STILL_COMES}${OF_BINS}`;
  return {
    key: 'revenue', name: metric.name, value: now === undefined ? '–' : money(now.value), change, course: values(metric, bins, props.period), note,
    chart: () => <MetricFigure {...props} {...{ metric, now, earlier, change, how }} />,
  };
}

function clicked(props: Props): Told {
  const { bins, before, total, totalBefore, period } = props;
  const [now, earlier] = total !== undefined ? [clickedOf(total) ?? clickedOver(bins), clickedOf(totalBefore) ?? clickedOver(before)] : [clickedOver(bins), clickedOver(before)];
  const change = changeOf(now, earlier, 'share');
  const ends = now?.half === undefined ? '' : `${percent(Math.max(0, now.value - now.half))} to ${percent(Math.min(1, now.value + now.half))}`;
  const how =
    'Lists with a click within the click window, over lists with an impression; the latest can still be clicked. Bands are 95 % intervals from 64 buckets of users, or with few users as if each list had another one. The change is grey where it is less than the root of the summed squares of half of both intervals. Intervals of 24 hours are put together from hours, as if no user came in two of them, which is a little too narrow.';
  return {
    key: 'clicked', name: 'Lists clicked', value: now === undefined ? '–' : percent(now.value), change, course: values(CLICKED, bins, period), note: ends === '' ? 'No list was seen.' : `95 % interval ${ends}`,
    chart: () => <MetricFigure {...props} {...{ metric: CLICKED, now, earlier, change, how }} />,
  };
}

const HOLDOUT = `{"id": "worth", "version": 1, "status": "running", "layer": "holdout", "salt": "worth-1", "plannedUsers": 100000,
 "arms": [{"id": "personalised", "weight": 0.97}, {"id": "popular", "weight": 0.03, "strategy": "popular"}],
 "metrics": {"primary": "clicksPerUser", "window": "28d"}}`;

function gain({ holdout, results, markers, waits, period }: Props): Told {
  const found = gainOf(results, period.span.to);
  const text = (value: number) => differenceText(found?.metric ?? '', value, 1);
  const title = 'Gain over the holdout';
  if (waits.gain) {
    return awaited('gain', title);
  }
  const until = period.span.to < Date.now() ? `until ${utcDayText(period.span.to - 1)}` : 'until now';
  if (found === undefined) {
    return {
      key: 'gain', name: title, value: '–', note: holdout === undefined ? 'No holdout yet: open to start one' : until === 'until now' ? `${holdout} has too few users yet` : `Of ${holdout} nothing is kept ${until}`,
      chart: () => (
        <Figure title={title} caption={holdout === undefined ? 'A holdout gives a few users popular items for months, which tells what recommendation is worth.' : `${results?.sentence ?? 'The results are not known yet.'}`}>
          {holdout === undefined ? (
            <>
              <p>Write this to <code>holdout.json</code>, with your number of users and a share of 1 to 5 % without recommendation:</p>
              <Command name="The definition of a holdout" lines={HOLDOUT} />
              <Command name="Start the holdout" lines="./freshet experiments put holdout.json" />
            </>
          ) : <Empty><Link to={{ page: 'experiments', experiment: holdout }}>Its page</Link> says who is in it.</Empty>}
        </Figure>
      ),
    };
  }
  const { series } = found;
  return {
    key: 'gain', name: title, value: text(found.difference), note: `${text(found.interval[0])} to ${text(found.interval[1])}, at any look, since it began ${until}`,
    change: { text: found.tone === 'good' ? 'significant' : found.tone === 'bad' ? 'a significant loss' : 'not significant yet', tone: found.tone }, course: series.map((moment) => moment.difference),
    chart: () => (
      <Figure
        title={title} caption={`The ${found.name} of those with recommendation less those without, of all days since it began ${until}${series[0] === undefined ? '' : `; moments of ${dayText(Date.parse(series[0].at))} and later`}.`}
        how={`The difference of ${found.name} between the arms of the experiment ${holdout}, with a 95 % confidence sequence: it holds at any time you look (docs/experiments.md).`}
        table={() => differences(found.metric, series)} file="gain" empty={series.length < 2 && 'One moment is kept at the end of each hour; the line begins with the second.'}
      >
        <DifferenceChart metric={found.metric} name={found.name} series={series} label={title} markers={markers} height={HEIGHT} />
        <p class="small"><Link to={{ page: 'experiments', experiment: holdout }}>The experiment {holdout}</Link></p>
      </Figure>
    ),
  };
}

const FRESHNESS_HOW =
  'The time from the receipt of an event until the row is written from which the next list is made. The line has the median of each step of five minutes, or of an hour for more than a day, its band reaches to the 99 % of the step, and the figure is the mean of the medians. The change is judged by how far the days, or hours, of a period are apart, from five of them on.';

/** How soon an event counts in the next list; the last hour where nothing of before is kept. */
function freshness({ flow, history, markers, period, waits, before: binsBefore }: Props): Told {
  const name = 'Event to list';
  if (waits.freshness) {
    return awaited('freshness', name);
  }
  const now = Date.now();
  const [steps, before] = [stepsIn(history, period.span, now), binsBefore.length === 0 ? [] : stepsIn(history, period.before, now)];
  const mean = (of: typeof steps, which: 'p50Ms' | 'p99Ms') => {
    const bins = new Map<number, { of: number; per: number }>();
    for (const { at, step } of of) {
      const [key, value] = [Math.floor(at / period.bin), step?.freshness?.[which]];
      const { of: sum, per } = bins.get(key) ?? { of: 0, per: 0 };
      bins.set(key, value === undefined ? { of: sum, per } : { of: sum + value, per: per + 1 });
    }
    return ratioOf([...bins.values()].filter(({ per }) => per > 0));
  };
  const [found, earlier] = [mean(steps, 'p50Ms'), mean(before, 'p50Ms')];
  if (found === undefined) {
    const last = flow?.freshness;
    return {
      key: 'freshness', name, value: last === null || last === undefined || last.count === 0 ? '–' : duration(last.p50Ms),
      note: last === null || last === undefined || last.count === 0 ? 'No event was measured' : `Median of the last hour; 99 % within ${duration(last.p99Ms)}`, chart: () => <FreshnessFigure flow={flow} />,
    };
  }
  const medians = steps.map(({ step }) => step?.freshness?.p50Ms);
  const changed = changeOf(found, earlier, 'amount');
  const earlierMedians = before.map(({ step }) => step?.freshness?.p50Ms).slice(0, steps.length);
  return {
    // Less is better.
    key: 'freshness', name, value: duration(found.value), change: changed && { ...changed, tone: ({ good: 'bad', bad: 'good', noise: 'noise' } as const)[changed.tone] },
    course: medians.filter((one) => one !== undefined), note: `Median; 99 % within ${duration(mean(steps, 'p99Ms')?.value ?? 0)}`,
    chart: () => (
      <Figure
        title={name} how={FRESHNESS_HOW} caption={`Median ${duration(found.value)} in ${spanText(period.span)}${earlier === undefined ? '' : `, ${duration(earlier.value)} in ${spanText(period.before)}`}; the band reaches to the 99 %.`} file="freshness"
        table={() => ({ head: [`From (${ZONE})`, { name: 'Events', text: count }, { name: 'Median', text: duration }, { name: '99 %', text: duration }], rows: steps.flatMap(({ at, step }) => (step === undefined ? [] : [[binText(at, MINUTE), step.accepted, step.freshness?.p50Ms, step.freshness?.p99Ms]])) })}
      >
        <TimeChart
          label={name} times={steps.map(({ at }) => at)} bin={stepOf(history)} text={duration} height={HEIGHT} markers={markers}
          series={[
            { name: spanText(period.span), values: medians, low: medians, high: steps.map(({ step }) => step?.freshness?.p99Ms) },
            ...(earlierMedians.some((one) => one !== undefined) ? [{ name: spanText(period.before), tone: 'rest' as const, values: earlierMedians }] : []),
          ]}
        />
      </Figure>
    ),
  };
}
