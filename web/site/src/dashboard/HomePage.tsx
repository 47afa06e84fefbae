import { useMemo } from 'preact/hooks';
import type { Api } from '../api';
import { Marks, type Mark } from '../charts/Marks';
import { clockText, dayText, HOUR } from '../charts/scale';
import { plural } from '../format';
import { useAge } from './age';
import type { ExperimentResults, FlowHistory, KnownExperiments, OutcomeRow, Outcomes, Overview } from './answers';
import { Figure, Loaded } from './Figure';
import { flowPath, incidentsOf, markersOf, untilText } from './flowHistory';
import { HomeFigures } from './HomeFigures';
import { Link, type Changes } from './location';
import { isNew, NewAccount } from './NewAccount';
import { binsOf, binsPath, isCompared } from './overTime';
import { dayOf, daysAsked, isPastHours, spanText, type Period } from './period';
import { clickMark, listCells, LISTS_HEAD, placementName } from './placements';
import { EVERY_MS, isAwaited, usePolled } from './polled';
import { clickedOf } from './statistics';

/** Sums change more slowly than flows. */
const SUMS_MS = 5 * EVERY_MS;

/** Lists from which on a placement is among the best and the worst. */
const LEAST_LISTS = 500;

/** Placements of each end. */
const MAX_ENDS = 3;

interface Props {
  api: Api;
  period: Period;
  query: URLSearchParams;
  change: (changes: Changes) => void;
}

/** What it brings, how sure that is, what needs attention, and where it is best and worst. */
export function HomePage({ api, period, query, change }: Props) {
  const overview = usePolled<Overview>(api, '/v1/insights/overview');
  const path = `/v1/insights/outcomes?${daysAsked(period.days)}`;
  const pathBefore = `/v1/insights/outcomes?${daysAsked(period.daysBefore)}`;
  const bins = usePolled<Outcomes>(api, binsPath(period), SUMS_MS);
  const total = usePolled<Outcomes>(api, period.bin === HOUR ? undefined : path, SUMS_MS);
  const totalBefore = usePolled<Outcomes>(api, period.bin === HOUR ? undefined : pathBefore, SUMS_MS);
  const placements = usePolled<Outcomes>(api, `${path}&by=placement`, SUMS_MS);
  const placementsBefore = usePolled<Outcomes>(api, `${pathBefore}&by=placement`, SUMS_MS);
  const history = usePolled<FlowHistory>(api, flowPath(period, Date.now()), SUMS_MS);
  const known = usePolled<KnownExperiments>(api, '/v1/insights/experiments', SUMS_MS);
  const holdouts = (known.value?.experiments ?? []).filter((one) => one.holdout && one.status !== 'draft');
  const holdout = holdouts.find((one) => one.status === 'running') ?? holdouts[0];
  const results = usePolled<ExperimentResults>(api, holdout === undefined ? undefined : `/v1/insights/experiments/${encodeURIComponent(holdout.id)}`, SUMS_MS);
  const [sums, markers] = [bins.value, useMemo(() => markersOf(history.value), [history.value])];
  const ofPeriod = useMemo(() => binsOf(sums, period.span, period.bin, Date.now()), [sums, period]);
  const before = useMemo(() => {
    const all = binsOf(sums, period.before, period.bin, Date.now());
    return isCompared(ofPeriod.map(({ row }) => row), all.map(({ row }) => row)) ? all : [];
  }, [sums, period, ofPeriod]);
  const compared = <T,>(rows: T[] | undefined): T[] => (before.length === 0 ? [] : (rows ?? []));
  // An account that has lists has figures, also if none of the last days was clicked.
  const seen = (bins.value?.rows ?? []).some((row) => row.lists);
  return (
    <Loaded of={overview} what="The overview">
      {(value) => (
        <>
          {(!isNew(value) || value.healthy.some((check) => !check.ok && check.check !== 'model')) && <Attention overview={value} history={history.value} period={period} />}
          {isNew(value) && <NewAccount overview={value} />}
          {(!isNew(value) || seen) && (
            <>
              <Loaded of={bins} what="Outcomes">
                {({ countedBy }) => (
                  <HomeFigures
                    period={period} bins={ofPeriod} before={before} countedBy={countedBy}
                    total={total.value?.rows[0]} totalBefore={compared(totalBefore.value?.rows)[0]} flow={value.flow ?? undefined} history={history.value} markers={markers} holdout={holdout?.id} results={results.value} waits={{ gain: isAwaited(known) || isAwaited(results), freshness: isAwaited(history) }}
                    asked={query.get('chart') ?? 'clicked'} choose={(chart) => change({ chart: chart === 'clicked' ? undefined : chart })}
                  />
                )}
              </Loaded>
              {isPastHours(period) && <p class="soft small">Hours of lists are kept for eight days. <Link to={{ page: 'model' }}>Model and flow</Link> has the events of these days by the hour.</p>}
              <Loaded of={placements} what="Placements">
                {({ rows }) => <Placements rows={rows} before={compared(placementsBefore.value?.rows)} period={period} path={path} change={change} />}
              </Loaded>
            </>
          )}
        </>
      )}
    </Loaded>
  );
}

/** Where a check that fails is looked into. */
const LOOKED_INTO: Record<string, { to: Changes; label: string }> = {
  clicks: { to: { page: 'outcomes' }, label: 'Open Outcomes' },
  placements: { to: { page: 'outcomes' }, label: 'Open Outcomes' },
  revenue: { to: { page: 'outcomes' }, label: 'Open Outcomes' },
  experiments: { to: { page: 'experiments' }, label: 'Open Experiments' },
};
const OF_FLOW = { to: { page: 'model' }, label: 'Open Model and flow' };

/** Incidents of a period that are told; all are marked in its charts. */
const MAX_INCIDENTS = 3;

/** The checks that fail now and the incidents of the period, as sentences with the way to where they are looked into. */
function Attention({ overview: { healthy }, history, period }: { overview: Overview; history: FlowHistory | undefined; period: Period }) {
  const failing = healthy.filter((check) => !check.ok);
  const incidents = incidentsOf(history).filter(({ from, to }) => to > period.span.from && from < period.span.to).reverse();
  const unknown = useAge().failing !== undefined;
  return (
    <section class="panel attend" aria-labelledby="attention-title">
      <h2 id="attention-title" class={failing.length === 0 ? 'unseen' : ''}>What needs attention</h2>
      <div role="status"><ul class="told">
        {unknown && <li class="sentence warn"><span><b aria-hidden="true">! </b>Whether all is well now is not known: the API does not answer.</span></li>}
        {!unknown && failing.map((check) => {
          const { to, label } = LOOKED_INTO[check.check] ?? OF_FLOW;
          return <li key={check.check} class="sentence bad"><span><b aria-hidden="true">! </b>{check.sentence}</span><Link class="button" to={to}>{label}</Link></li>;
        })}
        {!unknown && failing.length === 0 && <li class="sentence good"><span><b aria-hidden="true">✓ </b>Healthy now: {plural(healthy.length, 'check')} passed.</span><Link class="button" to={OF_FLOW.to}>See the checks</Link></li>}
        {incidents.slice(0, MAX_INCIDENTS).map((one) => (
          <li key={`${one.from} ${one.text}`} class="sentence warn">
            <span><b aria-hidden="true">! </b>{dayText(one.from)}, {clockText(one.from)} to {untilText(one)}: {one.text}.{one === incidents[MAX_INCIDENTS - 1] && incidents.length > MAX_INCIDENTS && ` ${incidents.length - MAX_INCIDENTS} more are marked in the charts.`}</span>
            <Link class="button" to={{ page: 'model', period: undefined, from: dayOf(one.from), to: dayOf(one.to - 1) }}>Open its hours</Link>
          </li>
        ))}
      </ul></div>
    </section>
  );
}

interface PlacementsProps {
  rows: OutcomeRow[];
  before: OutcomeRow[];
  period: Period;
  path: string;
  change: (changes: Changes) => void;
}

/** The placements whose lists are clicked the most and the least. */
function Placements({ rows, before, period, path, change }: PlacementsProps) {
  const ranked = rows.filter((row) => (row.lists ?? 0) >= LEAST_LISTS && row.placement !== undefined).sort((a, b) => (clickedOf(b)?.value ?? 0) - (clickedOf(a)?.value ?? 0));
  const shown = ranked.length <= 2 * MAX_ENDS ? ranked : [...ranked.slice(0, MAX_ENDS), ...ranked.slice(-MAX_ENDS)];
  const marks = shown.map((row): Mark => ({
    ...clickMark(placementName(row.placement), row, before.find((one) => one.placement === row.placement)), onOpen: () => change({ page: 'outcomes', placement: row.placement }),
  }));
  const few = rows.filter((row) => (row.lists ?? 0) > 0).length - ranked.length;
  return (
    <Figure
      title={ranked.length > 2 * MAX_ENDS ? 'Best and worst placements' : 'Placements'} file={[{ name: 'placements', path: `${path}&by=placement` }]}
      caption={`Lists clicked, ${spanText(period.days)}${period.name === '24h' ? ' so far, not the last 24 hours' : ''}; from ${LEAST_LISTS} lists on${few > 0 ? `, ${few} with fewer left out` : ''}.`}
      table={{ head: ['Placement', ...LISTS_HEAD], rows: ranked.map((row) => [placementName(row.placement), ...listCells(row)]) }}
      how={`The share of a placement’s lists that were clicked, with its 95 % interval, by users where there are enough. The change is against ${spanText(period.daysBefore)}, grey where it is within noise. Below ${LEAST_LISTS} lists chance makes the best and the worst.`}
      empty={ranked.length === 0 && `No placement has ${LEAST_LISTS} lists in these days.`}
    >
      <Marks marks={marks} />
    </Figure>
  );
}
