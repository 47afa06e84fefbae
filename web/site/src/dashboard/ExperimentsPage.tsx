import type { Api } from '../api';
import { Marks, type Mark } from '../charts/Marks';
import { binText, DAY, ZONE } from '../charts/scale';
import { toneOf } from '../charts/tone';
import { Command } from '../design/Command';
import { Empty } from '../design/states';
import { Table } from '../design/Table';
import { count, percent, plural } from '../format';
import type { Comparison, ExperimentChanges, ExperimentResults, KnownExperiments } from './answers';
import { DifferenceChart, differences, differenceText, levelText, sidesOf, told } from './comparison';
import { ExperimentActions, MakeExperiment, useMayChange, written } from './ExperimentActions';
import { Figure, Loaded } from './Figure';
import { usePolled } from './polled';

interface Props {
  api: Api;
  query: URLSearchParams;
  change: (changes: Record<string, string | undefined>) => void;
}

/** The experiments that the model knows, and what the chosen one shows; a tab whose key may change them has buttons for that. */
export function ExperimentsPage({ api, query, change }: Props) {
  const known = usePolled<KnownExperiments>(api, '/v1/insights/experiments');
  const may = useMayChange(api);
  return (
    <Loaded of={known} what="The experiments">
      {({ experiments }) => {
        const shown = experiments.filter((one) => may || one.status !== 'draft');
        const asked = query.get('experiment');
        const chosen = asked === null ? (shown.find((one) => one.status === 'running') ?? shown[0]) : shown.find((one) => one.id === asked);
        return (
          <>
            <div class="row">
              {shown.length > 0 && (
                <label class="row small">
                  <span class="soft">Experiment</span>
                  <select value={chosen?.id} onChange={(event) => change({ experiment: event.currentTarget.value })}>
                    {chosen === undefined && <option selected disabled>{asked}</option>}
                    {shown.map((one) => <option key={one.id} value={one.id}>{one.id} ({one.status}{one.holdout ? ', holdout' : ''})</option>)}
                  </select>
                </label>
              )}
              {may && <MakeExperiment api={api} made={(id) => { change({ experiment: id }); known.retry(); }} />}
            </div>
            {chosen !== undefined ? <Chosen key={chosen.id} api={api} of={chosen} may={may} done={known.retry} /> : (
              <div class="panel">
                <Empty>
                  {asked !== null && shown.length > 0 ? `The model knows no experiment ${asked}; it learns of a new one within seconds.` : <>
                    {experiments.length === 0 ? 'There is no experiment.' : 'Every experiment is a draft.'} <code>./freshet dashboard --experiments</code> opens this page with a key that makes one;{' '}
                    <code>./freshet demo --experiment</code> shows one with simulated readers.
                  </>}
                </Empty>
              </div>
            )}
          </>
        );
      }}
    </Loaded>
  );
}

function Chosen({ api, of: { id, status }, may, done }: { api: Api; of: KnownExperiments['experiments'][number]; may: boolean; done: () => void }) {
  const path = `/v1/insights/experiments/${encodeURIComponent(id)}`;
  const results = usePolled<ExperimentResults>(api, status === 'draft' ? undefined : path);
  // Changes are rare, and each look at them reads the store.
  const changes = usePolled<ExperimentChanges>(api, `${path}/changes`, 60_000);
  const again = () => [{ retry: done }, results, changes].forEach(({ retry }) => retry());
  return (
    <>
      {may && <div class="row"><ExperimentActions api={api} id={id} status={status} traffic={results.value?.definition.traffic ?? 1} changes={changes.value?.changes ?? []} done={again} /></div>}
      {status === 'draft' ? <p class="summary" role="status">{id} is a draft: nobody is assigned to its arms.</p> : <Loaded of={results} what="The results">{(value) => <Shown results={told(value)} />}</Loaded>}
      <Loaded of={changes} what="The changes">{(value) => <History {...value} id={id} />}</Loaded>
    </>
  );
}

function mark({ arm: label, primary: of }: { arm: string; primary?: Comparison }, tone: Mark['tone'], more = ''): Mark {
  if (of?.difference === undefined || of.interval === undefined) {
    return { label, value: undefined, text: 'not known yet' };
  }
  const [low, high] = of.interval;
  return { label, value: of.difference, low, high, ...(tone && { tone }), text: `${differenceText(of.metric, of.difference)} (${differenceText(of.metric, low)} to ${differenceText(of.metric, high)})${more}` };
}

/** The difference over time with its band, which narrows as users come. */
function SeriesFigure({ arm, base, of: { name, metric, series = [] }, file }: { arm: string; base: string; of: Comparison; file: string }) {
  const clear = series.find((moment) => moment.lower > 0 || moment.upper < 0);
  return (
    <Figure
      title={`${arm}: difference over time`} file={file} table={differences(metric, series)}
      caption={`${capital(name)}: ${clear === undefined ? 'not significant yet' : `significant since ${binText(Date.parse(clear.at), 1)} ${ZONE}`}.`}
      how={`The difference of ${name}, ${arm} less ${base}, with a 95 % confidence sequence, which holds at any time you look. It is significant from the moment on at which the band leaves the dashed line of no difference.`}
      empty={series.length < 2 && 'One moment is kept at the end of each hour; the line begins with the second.'}
    >
      <DifferenceChart metric={metric} name={name} series={series} label={`${arm} less ${base}`} />
    </Figure>
  );
}

/** Users who came in a day of the last week, from the moments that are kept; undefined where less than a day of them is. */
function usersADay(series: NonNullable<Comparison['series']>): number | undefined {
  const last = series.at(-1);
  const since = (moment: { at: string }) => (Date.parse(last!.at) - Date.parse(moment.at)) / DAY;
  const first = series.findLast((moment) => since(moment) >= 7) ?? series[0];
  return last === undefined || first === undefined || since(first) < 1 ? undefined : (last.n - first.n) / since(first);
}

/** What would change the verdict on an arm: from its interval as it is now, and from how fast users came. */
export function outlook({ status, split, enrolled, definition }: ExperimentResults, { conclusion, primary: of }: ExperimentResults['arms'][number]): string {
  const text = (value: number) => differenceText(of?.metric ?? '', value);
  const { difference, interval: [low, high] = [0, 0], usersToDecide, series = [] } = of ?? {};
  switch (status === 'stopped' ? 'stopped' : split.alarm ? 'invalid' : difference === undefined ? 'few' : conclusion) {
    case 'stopped': return 'It is stopped: no more users enter, and nothing changes this but a new phase.';
    case 'invalid': return 'No number of users, since the arms are not split as defined: only a new phase under a new salt.';
    case 'few': return 'More users: an arm is compared from 100 users and some events on.';
    case 'better': case 'worse': return `The difference would have to come within ${text((high - low) / 2).slice(1)} of 0: it is ${text(difference!)}, with an interval as wide as now.`;
    case 'within-margin': return `An interval that reaches beyond the margin of ${text(definition.metrics.margin ?? 0).slice(1)}; it lies between ${text(low)} and ${text(high)}.`;
  }
  if (usersToDecide === undefined) {
    return `A larger difference: ${text(difference!)} could not be told from none by a billion users.`;
  }
  const [rate, more] = [usersADay(series), usersToDecide - enrolled];
  const days = Math.ceil(more / (rate || 1e-9));
  const pace = `At the present rate of ${count(rate ?? 0)} users a day, over the last week, that takes ${days > 999 ? 'years' : plural(days, 'day')}.`;
  return `${count(more)} more users, if the difference stays at ${text(difference!)}: its interval leaves 0 from ${count(usersToDecide)} on. ${
    definition.traffic === 0 ? 'Nobody enters while it is paused.' : rate === undefined ? 'How long that takes cannot be said before a day of moments is kept.' : rate === 0 ? 'Nobody entered in the last week.' : pace}`;
}

/** The arms within segments of users, or by device, and whether a difference is more than so many looks and groups bring by chance. */
function GroupsFigure({ results, by }: { results: ExperimentResults; by: 'segment' | 'device' }) {
  const { arms, groupsNote, id } = results;
  const groups = arms.flatMap(({ arm, groups: all }) => all.filter((group) => group.by === by).map((of) => ({ arm, of, name: of.groupName ?? (of.group || 'not known') })));
  const toneOfGroup = ({ difference = 0, discovered, metric }: (typeof groups)[number]['of']): Mark['tone'] =>
    (!discovered ? 'noise' : difference > 0 === !metric.startsWith('hides') ? 'good' : 'bad');
  const { arm: compared, base } = sidesOf(results, arms[0]?.arm ?? '');
  return (
    <Figure
      title={`By ${by}`} file={`experiment-${id}-${by}`} how={groupsNote}
      caption={`${capital(arms[0]?.primary?.name ?? 'what decides')}, ${compared} less ${base}. Groups describe; the verdict rests on all users. In colour: more than chance, among all groups.`}
      table={{
        head: [capital(by), 'Id', 'Arm', `Users of ${base}`, 'Users', capital(base), 'Arm’s', 'Difference', 'From', 'To', 'State'],
        rows: groups.map(({ arm, of, name }) => [
          name, of.group, sidesOf(results, arm).arm, of.controlUsers, of.users, levelText(of.metric, of.control), levelText(of.metric, of.arm), differenceText(of.metric, of.difference),
          differenceText(of.metric, of.interval?.[0]), differenceText(of.metric, of.interval?.[1]), of.discovered ? 'discovered' : 'not discovered',
        ]),
      }}
      empty={groups.length === 0 && `No ${by} has 100 users of each arm yet.`}
    >
      <Marks marks={groups.map(({ arm, of, name }) => mark({ arm: `${name}${arms.length > 1 ? ` · ${arm}` : ''}`, primary: of }, toneOfGroup(of), `, ${plural(of.controlUsers + of.users, 'user')}`))} zero={0} zeroLabel={`The line is no difference to ${base}.`} />
    </Figure>
  );
}

const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

/** A key by the end of its id, as the list of keys has it, with its name where it has one. */
const changedBy = (by: string) => by.replace(/^[a-z0-9]{8}([a-z0-9]{4})(?: (.*))?$/, (_, end: string, name?: string) => `${name ?? 'key'} …${end}`);

function Shown({ results }: { results: ExperimentResults }) {
  const { arms, definition, split, users, enrolled } = results;
  const sides = arms.map(({ arm }) => sidesOf(results, arm));
  const base = sides[0]?.base ?? '';
  const tones = arms.map(({ conclusion }) => toneOf(conclusion));
  const compared = arms.flatMap((arm) => [
    ...(arm.primary === undefined ? [] : [{ arm: sidesOf(results, arm.arm).arm, role: 'decides', of: arm.primary, state: arm.conclusion }]),
    ...arm.guardrails.map((one) => ({ arm: sidesOf(results, arm.arm).arm, role: 'guardrail', of: one, state: one.state })),
    ...arm.secondary.map((one) => ({ arm: sidesOf(results, arm.arm).arm, role: 'secondary', of: one, state: one.discovered ? 'discovered' : 'not discovered' })),
  ]);
  const table = {
    head: ['Metric', 'Arm', 'Role', capital(base), 'Arm’s', 'Difference', 'From', 'To', 'State'],
    rows: compared.map(({ arm, role, of, state }) => [
      of.name, arm, role, levelText(of.metric, of.control), levelText(of.metric, of.arm), differenceText(of.metric, of.difference),
      differenceText(of.metric, of.interval?.[0]), differenceText(of.metric, of.interval?.[1]), state,
    ]),
  };
  return (
    <>
      <p class={`summary ${split.alarm || results.crossedWarning ? 'bad' : tones.find((tone) => tone !== 'noise') ?? ''}`} role="status">{results.sentence}</p>
      <section class="panel" aria-labelledby="outlook-title">
        <h2 id="outlook-title">What would change this</h2>
        {arms.map((arm) => <p key={arm.arm}>{arms.length > 1 && <b>{arm.arm}: </b>}{outlook(results, arm)}</p>)}
      </section>
      <Figure
        title={`Difference to ${base}`} caption={`${capital(arms[0]?.primary?.name ?? 'what decides')}, ${arms.length > 1 ? 'each arm' : sides[0]?.arm ?? ''} less ${base}; intervals hold at any look.`}
        table={table} {...(compared.length > arms.length ? { brief: { columns: table.head.map((_, at) => at) } } : {})} file={`experiment-${results.id}`}
        how="A guardrail is safe where the harm is at most its margin, harmed where it is more; a secondary metric is discovered at a false discovery rate of 5 % over all arms."
      >
        <Marks marks={arms.map((arm, at) => mark({ ...arm, arm: sides[at]!.arm }, tones[at]))} zero={0} zeroLabel={`The line is no difference to ${base}.`} />
      </Figure>
      {arms.map((arm) => arm.primary !== undefined && <SeriesFigure key={arm.arm} {...sidesOf(results, arm.arm)} of={arm.primary} file={`experiment-${results.id}-${arm.arm}`} />)}
      <GroupsFigure results={results} by="segment" />
      <GroupsFigure results={results} by="device" />
      <div class="two">
        <section class="panel" aria-labelledby="split-title">
          <h2 id="split-title">Who is in it</h2>
          <p>
            {plural(enrolled, 'user')} of {count(results.plannedUsers)} planned.{' '}
            {split.alarm ? <b class="bad-text">The arms are not split as defined: the results cannot be trusted.</b> : 'The arms are split as defined.'}{' '}
            {results.crossedWarning
              ? <b class="bad-text">{plural(results.crossed, 'user')} saw another arm than their own.</b>
              : results.crossed > 0 && `${plural(results.crossed, 'user')} saw another arm than their own, as few as expected.`}
          </p>
          <Table
            title="Users by arm"
            table={{ head: ['Arm', 'Users', 'Share', 'Defined'], rows: definition.arms.map(({ id, weight }) => [id, users[id] ?? 0, enrolled === 0 ? null : percent((users[id] ?? 0) / enrolled), percent(weight)]) }}
          />
        </section>
        <section class="panel" aria-labelledby="definition-title">
          <h2 id="definition-title">Definition</h2>
          <Command name="The definition" lines={written(definition)} />
        </section>
      </div>
    </>
  );
}

/** Who changed the definition, when and to what. */
function History({ changes, id }: { changes: ExperimentChanges['changes']; id: string }) {
  return (
    <Figure
      title="Changes" caption="Each version that was put, with the key that put it; the latest 50." file={`changes-${id}`} brief={{ columns: [0, 1, 2, 3] }} empty={changes.length === 0 && 'No change was put since changes are kept.'}
      table={{
        head: [`Time (${ZONE})`, 'To', 'By', 'Version'],
        rows: changes.map(({ at, status, traffic, by, version }) => [binText(Date.parse(at), 0), status === 'running' ? (traffic === 0 ? 'paused' : `running, ${percent(traffic)} may enter`) : status, changedBy(by), version]),
      }}
    />
  );
}
