import type { Api } from '../api';
import { Bars } from '../charts/Bars';
import { Marks } from '../charts/Marks';
import { TimeChart } from '../charts/TimeChart';
import { toneOf } from '../charts/tone';
import { ago, count, duration, percent, plural, points } from '../format';
import type { ExperimentResults, KnownExperiments, Overview, Sources } from './answers';
import { Big } from './Big';
import { Figure, Loaded } from './Figure';
import { AttentionFigures, FreshnessFigure, PROMISED_MS, SourcesFigure, withinPromise } from './FlowFigures';
import { usePolled } from './polled';
import { clickedShare, rates, wilson } from './statistics';
import { eventsPerMinute, gained, summary } from './summary';

/** How often what changes slowly is asked for. */
const SLOWLY_MS = 60_000;

/** Is it alive, is it fresh, does it earn, is anything wrong: to be seen within five seconds. */
export function NowPage({ api }: { api: Api }) {
  const overview = usePolled<Overview>(api, '/v1/insights/overview');
  const known = usePolled<KnownExperiments>(api, '/v1/insights/experiments', SLOWLY_MS);
  const running = known.value?.experiments.find((one) => one.status === 'running');
  const results = usePolled<ExperimentResults>(
    api, running === undefined ? undefined : `/v1/insights/experiments/${encodeURIComponent(running.id)}`, SLOWLY_MS,
  );
  const sources = usePolled<Sources>(api, '/v1/insights/sources?hours=1', SLOWLY_MS);
  return (
    <Loaded of={overview} what="The overview">
      {(value) => <Now overview={value} running={running?.id} results={results.value} sources={sources.value} />}
    </Loaded>
  );
}

interface NowProps {
  overview: Overview;
  running: string | undefined;
  results: ExperimentResults | undefined;
  sources: Sources | undefined;
}

function Now({ overview, running, results, sources }: NowProps) {
  const today = new Date().toISOString().slice(0, 10);
  const first = summary(overview, today, results);
  const day = overview.days.find((one) => one.day === today);
  const share = day === undefined ? undefined : clickedShare(day);
  const gain = gained(results);
  const perMinute = eventsPerMinute(overview);
  const accepted = overview.flow?.acceptedPerMinute ?? [];
  const course = accepted.length > 0 ? accepted.map((minute) => minute.events) : rates(overview.samples).map((sample) => sample.perMinute);
  const clickedByDay = [...overview.days].sort((a, b) => a.day.localeCompare(b.day)).flatMap((one) => clickedShare(one) ?? []);
  return (
    <>
      <p class={first.ok ? 'summary good' : 'summary bad'} role="status">
        <span aria-hidden="true">{first.ok ? '✓ ' : '! '}</span>
        {first.text}
        {first.others.length > 0 && <span class="soft"> Also failing: {first.others.join(', ')}.</span>}
      </p>
      <dl class="figures">
        <Big
          name="Events a minute" value={perMinute === undefined ? '…' : count(perMinute)} course={course}
          note={perMinute === undefined ? 'Known after ten seconds of asking.' : `${accepted.length > 0 ? 'accepted in the last whole minute; ' : ''}${count(overview.events.total)} learned since the model began`}
        />
        <Freshest overview={overview} />
        <Big
          name="List CTR today" value={share === undefined ? '–' : percent(share)} course={clickedByDay}
          note={day === undefined ? 'No list was seen today (UTC).' : `${count(day.listsClicked)} of ${plural(day.lists, 'list')}`}
        />
        <Big
          name="Clicks gained" value={gain === undefined ? '–' : `${points(gain.difference)} points`} course={results?.arms[0]?.primary?.series?.map((moment) => moment.difference) ?? []}
          change={gain === undefined ? undefined : { text: `${points(gain.low)} to ${points(gain.high)}`, tone: toneOf(results?.arms[0]?.conclusion ?? '') }}
          note={gain === undefined ? (running === undefined ? 'No experiment runs that could tell.' : `${running} has no result yet.`) : `${running}, anytime-valid 95 % interval`}
        />
      </dl>
      <div class="columns">
        <EventsFigure overview={overview} />
        <FreshnessFigure flow={overview.flow} />
        <ChecksPanel overview={overview} />
        <div class="stacked-panels">
          <DaysFigure overview={overview} />
          {sources !== undefined && <SourcesFigure sources={sources} />}
        </div>
        <MostPopularFigure overview={overview} />
        <TypesFigure overview={overview} />
      </div>
    </>
  );
}

/** How soon an event counts, or where that is not known, how old the model is. */
function Freshest({ overview: { model, flow } }: { overview: Overview }) {
  const version = `Version ${count(model.version)} of the model`;
  const freshness = flow?.freshness;
  const within = freshness === undefined || freshness === null ? undefined : withinPromise(freshness);
  return freshness === undefined || freshness === null || freshness.count === 0 ? (
    <Big name="Newest version" value={model.madeAt === undefined ? 'none' : ago(model.madeAt)} note={`${version}, ${plural(model.items, 'item')}`} />
  ) : (
    <Big
      name="Events count after" value={duration(freshness.p50Ms)} share={within}
      note={`${within === undefined ? `99 % within ${duration(freshness.p99Ms)}` : `${percent(within)} within ${PROMISED_MS} ms`}. ${version}${model.madeAt === undefined ? '' : `, ${ago(model.madeAt)}`}`}
    />
  );
}

/** What needs attention: the checks, and what was rejected, quarantined or degraded. */
function ChecksPanel({ overview: { healthy, flow } }: { overview: Overview }) {
  return (
    <section class="panel" aria-labelledby="checks-title">
      <h2 id="checks-title">What needs attention</h2>
      {flow !== undefined && flow !== null && flow.source !== 'none' && (
        <>
          <AttentionFigures flow={flow} />
          <p class="soft small">In the last {plural(flow.minutes, 'minute')}.</p>
        </>
      )}
      <ul class="checks">
        {healthy.map((check) => (
          <li key={check.check} class={check.ok ? 'good' : 'bad'}>
            <b>{check.ok ? 'OK' : 'failing'}</b> <span>{check.sentence}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function EventsFigure({ overview }: { overview: Overview }) {
  const line = rates(overview.samples).map(({ at, perMinute }) => ({ at, value: perMinute }));
  const time = (at: number) => new Date(at).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
  const most = line.reduce((best, point) => (point.value > best.value ? point : best), { at: 0, value: 0 });
  return (
    <Figure
      title="Events learned, by time"
      caption={line.length < 2 ? 'Events a minute, as the process that answers has seen them.' : `At most ${count(most.value)} a minute, at ${time(most.at)}. Impressions are counted with lists and not here.`}
      table={{ head: ['Until', 'Events a minute'], rows: line.map((point) => [time(point.at), point.value.toFixed(1)]) }} file="events"
      empty={line.length < 2 && 'The line begins after the third answer, in half a minute; ./freshet demo sends events.'}
    >
      <TimeChart label="Events a minute" times={line.map(({ at }) => at)} bin={0} text={(value) => `${count(value)} events a minute`} axisText={count} series={[{ name: 'Events', values: line.map(({ value }) => value) }]} />
    </Figure>
  );
}

function DaysFigure({ overview }: { overview: Overview }) {
  const days = overview.days.filter((day) => day.lists > 0);
  const best = days.reduce<number>((most, day) => Math.max(most, clickedShare(day) ?? 0), 0);
  return (
    <Figure
      title="Lists clicked, by day"
      caption={days.length === 0 ? 'The share of lists that were clicked.' : `${days.length === 1 ? `There is one day so far, with ${percent(best)}.` : `The best of ${days.length} days had ${percent(best)}.`} Intervals assume independent lists; the true uncertainty is larger.`}
      table={{ head: ['Day (UTC)', 'Lists', 'Clicked', 'Share', 'Clicks', 'Conversions'], rows: days.map((day) => [day.day, day.lists, day.listsClicked, percent(clickedShare(day) ?? 0), day.clicks, day.conversions]) }}
      file={[{ name: 'lists-by-day', path: `/v1/insights/outcomes?by=day&from=${days.map((day) => day.day).sort()[0]}` }]}
      empty={days.length === 0 && 'No list was reported as seen: pages have to send impressions (docs/experiments.md).'}
    >
      <Marks
        marks={days.map((day) => {
          const value = clickedShare(day);
          return { label: day.day, value, ...wilson(day.listsClicked, day.lists), text: `${percent(value ?? 0)} of ${count(day.lists)}` };
        })}
      />
    </Figure>
  );
}

function MostPopularFigure({ overview }: { overview: Overview }) {
  const { items, hourFrom } = overview.mostRead;
  const hour = hourFrom === undefined ? '' : hourFrom.slice(11, 16);
  return (
    <Figure
      title="Most popular in this hour"
      caption={items.length === 0 ? 'The items with the most users.' : `Users since ${hour} UTC, and in brackets those of the hour before. Items with fewer than five are left out.`}
      table={{ head: ['Item', 'Id', 'Users', 'Hour before'], rows: items.map((item) => [item.title ?? item.itemId, item.itemId, item.users, item.usersBefore]) }}
      file={[{ name: 'most-popular', path: '/v1/insights/trending?scope=all&window=PT1H' }]}
      empty={items.length === 0 && 'No item had five users in this hour.'}
    >
      <Bars bars={items.map((item) => ({ label: item.title ?? item.itemId, value: item.users, text: `${count(item.users)} (${count(item.usersBefore)})` }))} />
    </Figure>
  );
}

function TypesFigure({ overview }: { overview: Overview }) {
  const types = Object.entries(overview.events.byType).sort(([, a], [, b]) => b - a);
  return (
    <Figure
      title="Events, by type"
      caption={types.length === 0 ? 'What the model has learned from.' : `${count(overview.events.total)} since the model began; the most frequent type is ${types[0]?.[0]}. Impressions are counted with lists and not here.`}
      table={{ head: ['Type', 'Events'], rows: types }} file="events-by-type"
      empty={types.length === 0 && 'No event was learned yet: send some by POST /v1/events, or import a history with ./freshet import.'}
    >
      <Bars bars={types.map(([type, number]) => ({ label: type, value: number, text: count(number) }))} />
    </Figure>
  );
}
