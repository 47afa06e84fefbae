import type { Api } from '../api';
import { Marks, type Mark } from '../charts/Marks';
import { binText } from '../charts/scale';
import { toneOf } from '../charts/tone';
import { Empty } from '../design/states';
import { Table } from '../design/Table';
import { count, plural } from '../format';
import type { Comparison, ExperimentResults, KnownExperiments } from './answers';
import { DifferenceChart, differences, differenceText, levelText } from './comparison';
import { Figure, Loaded } from './Figure';
import { usePolled } from './polled';

interface Props {
  api: Api;
  query: URLSearchParams;
  change: (changes: Record<string, string | undefined>) => void;
}

/** The experiments that the model knows, and what the chosen one shows. */
export function ExperimentsPage({ api, query, change }: Props) {
  const known = usePolled<KnownExperiments>(api, '/v1/insights/experiments', 10_000);
  return (
    <Loaded of={known} what="The experiments">
      {({ experiments }) => {
        const begun = experiments.filter((one) => one.status !== 'draft');
        const chosen = begun.find((one) => one.id === query.get('experiment')) ?? begun.find((one) => one.status === 'running') ?? begun[0];
        return begun.length === 0 ? (
          <div class="panel">
            <Empty>
              {experiments.length === 0 ? 'There is no experiment.' : 'Every experiment is a draft.'} <code>./freshet experiments put</code> starts one (docs/experiments.md);{' '}
              <code>./freshet demo --experiment</code> shows one with simulated readers.
            </Empty>
          </div>
        ) : (
          <>
            <div class="row">
              <label class="row small">
                <span class="soft">Experiment</span>
                <select value={chosen?.id} onChange={(event) => change({ experiment: event.currentTarget.value })}>
                  {begun.map((one) => <option key={one.id} value={one.id}>{one.id} ({one.status}{one.holdout ? ', holdout' : ''})</option>)}
                </select>
              </label>
            </div>
            {chosen !== undefined && <Results api={api} id={chosen.id} />}
          </>
        );
      }}
    </Loaded>
  );
}

function Results({ api, id }: { api: Api; id: string }) {
  const results = usePolled<ExperimentResults>(api, `/v1/insights/experiments/${encodeURIComponent(id)}`, 10_000);
  return <Loaded of={results} what="The results">{(value) => <Verdict results={value} />}</Loaded>;
}

function mark({ arm: label, primary: of, conclusion }: ExperimentResults['arms'][number]): Mark {
  if (of?.difference === undefined || of.interval === undefined) {
    return { label, value: undefined, text: 'not known yet' };
  }
  const [low, high] = of.interval;
  return { label, value: of.difference, low, high, tone: toneOf(conclusion), text: `${differenceText(of.metric, of.difference)} (${differenceText(of.metric, low)} to ${differenceText(of.metric, high)})` };
}

interface SeriesProps {
  arm: string;
  control: string;
  of: Comparison;
  file: string;
}

/** The difference over time with its band, which narrows as users come. */
function SeriesFigure({ arm, control, of, file }: SeriesProps) {
  const series = of.series ?? [];
  const clear = series.find((moment) => moment.lower > 0 || moment.upper < 0);
  const title = `${arm}: difference over time`;
  return series.length < 2 ? (
    <Figure title={title} caption={`${of.metric}, ${arm} less ${control}.`} empty="One moment is kept at the end of each hour; the line begins with the second." />
  ) : (
    <Figure
      title={title}
      caption={`${of.metric}: ${clear === undefined ? 'not significant yet' : `significant since ${binText(Date.parse(clear.at), 1)} UTC`}.`}
      how={`The difference of ${of.metric}, ${arm} less ${control}, with a 95 % confidence sequence, which holds at any time you look. It is significant from the moment on at which the band leaves the dashed line of no difference.`}
      table={differences(of.metric, series)} file={file}
    >
      <DifferenceChart metric={of.metric} series={series} label={`${arm} less ${control}`} />
    </Figure>
  );
}

function Verdict({ results }: { results: ExperimentResults }) {
  const metric = results.arms[0]?.primary?.metric ?? 'the metric';
  const marks = results.arms.map(mark);
  const compared = results.arms.flatMap((arm) => [
    ...(arm.primary === undefined ? [] : [{ arm: arm.arm, role: 'decides', of: arm.primary, state: arm.conclusion }]),
    ...arm.guardrails.map((one) => ({ arm: arm.arm, role: 'guardrail', of: one, state: one.state })),
    ...arm.secondary.map((one) => ({ arm: arm.arm, role: 'secondary', of: one, state: one.discovered ? 'discovered' : 'not discovered' })),
  ]);
  const table = {
    head: ['Arm', 'Metric', 'Role', 'Control', 'Arm’s', 'Difference', 'From', 'To', 'State'],
    rows: compared.map(({ arm, role, of, state }) => [
      arm, of.metric, role, levelText(of.metric, of.control), levelText(of.metric, of.arm), of.difference === undefined ? '–' : differenceText(of.metric, of.difference),
      of.interval === undefined ? '–' : differenceText(of.metric, of.interval[0]), of.interval === undefined ? '–' : differenceText(of.metric, of.interval[1]), state,
    ]),
  };
  return (
    <>
      <p class={results.split.alarm || results.crossedWarning ? 'summary bad' : results.arms.some((arm) => arm.conclusion === 'better') ? 'summary good' : 'summary'} role="status">{results.sentence}</p>
      <Figure title={`Difference to ${results.control}`} caption={`${metric}, each arm less the control; intervals hold at any look.`} table={table} file={`experiment-${results.id}`}>
        <Marks marks={marks} zero={0} zeroLabel={`The line is no difference to ${results.control}.`} />
      </Figure>
      {results.arms.map((arm) => arm.primary !== undefined && <SeriesFigure key={arm.arm} arm={arm.arm} control={results.control} of={arm.primary} file={`experiment-${results.id}-${arm.arm}`} />)}
      <section class="panel" aria-labelledby="split-title">
        <h2 id="split-title">Who is in it</h2>
        <p>
          {plural(results.enrolled, 'user')} of {count(results.plannedUsers)} planned.{' '}
          {results.split.alarm ? <b class="bad-text">The arms are not split as defined: the results cannot be trusted.</b> : 'The arms are split as defined.'}{' '}
          {results.crossedWarning
            ? <b class="bad-text">{plural(results.crossed, 'user')} saw another arm than their own.</b>
            : results.crossed > 0 && `${plural(results.crossed, 'user')} saw another arm than their own, as few as expected.`}
        </p>
        <Table title="Users by arm" table={{ head: ['Arm', 'Users'], rows: Object.entries(results.users) }} />
      </section>
    </>
  );
}
