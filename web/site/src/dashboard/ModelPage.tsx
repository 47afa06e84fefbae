import type { ComponentChildren } from 'preact';
import type { Api } from '../api';
import { binText, clockText, dayText, HOUR, stampText, ZONE } from '../charts/scale';
import { TimeChart } from '../charts/TimeChart';
import { Empty } from '../design/states';
import { byFamily, FAMILIES, familyOf, sourceName } from '../families';
import { ago, count, duration, percent, plural } from '../format';
import { useAge } from './age';
import type { Flow, FlowHistory, Overview, Quality, Situation, Sources } from './answers';
import { Big } from './Big';
import { Figure, Loaded } from './Figure';
import { AttentionFigures, FreshnessFigure, rankText, shares, situationName, SourcesFigure } from './FlowFigures';
import { flowPath, incidentsOf, markersOf, refusalsOf, stepOf, stepsIn, untilText } from './flowHistory';
import { spanText, type Period } from './period';
import { usePolled, type Polled } from './polled';
import { flowSummary } from './summary';

const EVERY_MS = 30_000;

/** How long the weights of hours are kept. */
const WEIGHTS_HOURS = 168;

interface Props {
  api: Api;
  period: Period;
  query: URLSearchParams;
  change: (changes: Record<string, string | undefined>) => void;
}

/** How old the model is, how far consumers are behind, what the sources weigh, and what events lack. */
export function ModelPage({ api, period, query, change }: Props) {
  const hours = Math.min(WEIGHTS_HOURS, Math.ceil((Math.max(Date.now(), period.span.to) - period.span.from) / HOUR));
  const overview = usePolled<Overview>(api, '/v1/insights/overview');
  const history = usePolled<FlowHistory>(api, flowPath({ before: period.span }, Date.now()), EVERY_MS);
  const sources = usePolled<Sources>(api, `/v1/insights/sources?hours=${hours}`, EVERY_MS);
  const quality = usePolled<Quality>(api, '/v1/insights/quality', EVERY_MS);
  return (
    <>
      <Loaded of={overview} what="The overview">{(value) => <FlowPart overview={value} history={history} period={period} />}</Loaded>
      <h2 class="part">Sources of recommendations</h2>
      <Loaded of={sources} what="Sources">
        {(value) => <SourcesPart sources={{ ...value, history: value.history.filter(({ at }) => Date.parse(at) < period.span.to) }} situation={query.get('situation') ?? undefined} change={change} />}
      </Loaded>
      <h2 class="part">Quality of events</h2>
      <Loaded of={quality} what="Quality">{(value) => <QualityPart quality={value} refused={<RefusedFigure quality={value} history={history.value} period={period} />} />}</Loaded>
    </>
  );
}

function FlowPart({ overview, history, period }: { overview: Overview; history: Polled<FlowHistory>; period: Period }) {
  const { model } = overview;
  const flow = overview.flow ?? undefined;
  const unknown = useAge().failing !== undefined;
  const first = unknown ? { ok: false, text: 'How the flow is now is not known: the API does not answer. These are its last figures.', others: [] } : flowSummary(overview, Date.now());
  const slowest = [...(flow?.consumers ?? [])].sort((a, b) => b.lagMs - a.lagMs)[0];
  const p99 = flow?.recommendations.p99Ms ?? undefined;
  const perMinute = flow?.recommendationsPerMinute.at(-1)?.count;
  return (
    <>
      <p class={first.ok ? 'summary good' : 'summary bad'} role="status">
        <span aria-hidden="true">{first.ok ? '✓ ' : '! '}</span>
        {first.text}
        {period.span.to < Date.now() && <span class="soft"> That is now; events, incidents and rejections below are of {spanText(period.span)}.</span>}
        {first.others.length > 0 && <span class="soft"> Also failing: {first.others.join(', ')}.</span>}
      </p>
      <dl class="figures">
        <Big
          name="Version" value={count(model.version)}
          note={model.madeAt === undefined ? 'There is no model yet.' : `${ago(model.madeAt)}, ${plural(model.items, 'item')}${model.beyondBounds > 0 ? `, ${count(model.beyondBounds)} beyond its bounds` : ''}`}
        />
        <Big name="Slowest consumer" value={slowest === undefined ? '–' : duration(slowest.lagMs)} note={slowest === undefined ? 'No lag of consumers is known.' : `behind: ${slowest.name}`} />
        <Big
          name="Lists a minute" value={perMinute === undefined ? '–' : count(perMinute)}
          course={flow?.recommendationsPerMinute.map((minute) => minute.count) ?? []}
          note={p99 === undefined ? 'No time of a list is known.' : `in the last whole minute; half answered within ${duration(flow?.recommendations.p50Ms ?? 0)}, 99 % within ${duration(p99)}`}
        />
        <Big
          name="Requests that failed" value={flow?.requests === undefined ? '–' : count(flow.requests.serverErrors)}
          note={flow?.requests === undefined ? 'No requests are known.' : `of ${count(flow.requests.total)}; ${count(flow.requests.clientErrors)} were not valid, ${count(flow.requests.throttled)} throttled`}
        />
      </dl>
      <div class="columns">
        <FreshnessFigure flow={flow} />
        <Loaded of={history} what="Events over time">{(value) => <AcceptedFigure history={value} period={period} />}</Loaded>
        <Loaded of={history} what="Incidents">{(value) => <IncidentsFigure history={value} period={period} />}</Loaded>
        <TypesFigure overview={overview} />
        <ChecksPanel healthy={overview.healthy} />
        <ConsumersFigure flow={flow} />
        <section class="panel" aria-labelledby="aside-title">
          <h2 id="aside-title">Rejected, quarantined, degraded</h2>
          {flow === undefined || flow.source === 'none' ? (
            <Empty>The process that answers has no metrics to read.</Empty>
          ) : (
            <>
              <AttentionFigures flow={flow} />
              <p class="soft small">In the last {plural(flow.minutes, 'minute')}.</p>
            </>
          )}
        </section>
      </div>
    </>
  );
}

/** What was checked, what fails first. */
function ChecksPanel({ healthy }: Pick<Overview, 'healthy'>) {
  return (
    <section class="panel" aria-labelledby="checks-title">
      <h2 id="checks-title">Checks</h2>
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

function TypesFigure({ overview }: { overview: Overview }) {
  const types = Object.entries(overview.events.byType).sort(([, a], [, b]) => b - a);
  return (
    <Figure
      title="Events, by type" caption={types.length === 0 ? 'What the model has learned from.' : `${count(overview.events.total)} learned since the model began.`} how="Events that changed the model. Impressions are counted with lists and not here."
      table={{ head: ['Type', 'Events'], rows: types }} brief={{ columns: [0, 1], bar: 1 }} file="events-by-type"
      empty={types.length === 0 && 'No event was learned yet: send some by POST /v1/events, or import a history with ./freshet import.'}
    />
  );
}

interface OfHistory {
  history: FlowHistory;
  period: Period;
}

/** What failed in the period and why, by the counts of its steps. */
function IncidentsFigure({ history, period: { span } }: OfHistory) {
  const found = incidentsOf(history).filter(({ from, to }) => to > span.from && from < span.to);
  return (
    <Figure
      title="Incidents" caption={`Steps of ${stepOf(history) === HOUR ? 'an hour' : 'five minutes'} in ${spanText(span)} whose counts fail a check.`}
      how="A step fails where over 1 % of its requests failed or were refused for overload, over 20 % of its events were rejected, a record was quarantined, or over 5 % of its lists left something out. Steps without a gap are one incident. The codes of rejected events are counted by the local cloud; on AWS they are in the log of collect."
      table={{ head: [`From (${ZONE})`, 'Until', 'What failed'], rows: found.map((one) => [`${dayText(one.from)}, ${clockText(one.from)}`, untilText(one), one.text]) }} brief={{ columns: [0, 1, 2] }} file="incidents" empty={found.length === 0 && 'None.'}
    />
  );
}

function AcceptedFigure({ history, period }: OfHistory) {
  const steps = stepsIn(history, period.span, Date.now());
  const bin = stepOf(history);
  const all = steps.reduce((sum, { step }) => sum + (step?.accepted ?? 0), 0);
  // A step in which nothing happened is left out of the answer; before the first one nothing was measured.
  const begun = steps.findIndex(({ step }) => step !== undefined);
  return (
    <Figure
      title="Events accepted, over time" caption={all === 0 ? 'Events that the API accepted.' : `${plural(all, 'event')} in ${spanText(period.span)}, by ${bin === HOUR ? 'hour' : 'five minutes'}.`} how="Counted as the API takes them, before they are learned. Checks that fail by the counts of a step are marked from its begin on."
      table={{ head: [`From (${ZONE})`, 'Events', 'Lists'], rows: steps.flatMap(({ at, step }) => (step === undefined ? [] : [[binText(at, bin), step.accepted, step.lists]])) }} file="accepted"
      empty={all === 0 && 'No event was accepted in this period; ./freshet demo sends some.'}
    >
      <TimeChart label="Events accepted" times={steps.map(({ at }) => at)} bin={bin} text={(value) => plural(value, 'event')} axisText={count} series={[{ name: 'Events', values: steps.map(({ step }, at) => (at < begun ? undefined : (step?.accepted ?? 0))) }]} markers={markersOf(history)} />
    </Figure>
  );
}

function ConsumersFigure({ flow }: { flow: Flow | undefined }) {
  const consumers = [...(flow?.consumers ?? [])].sort((a, b) => b.lagMs - a.lagMs);
  return (
    <Figure
      title="How far consumers are behind" caption="The age of the oldest event that each consumer has not read."
      table={{ head: ['Consumer', { name: 'Behind', text: duration }], rows: consumers.map((one) => [one.name, one.lagMs]) }} brief={{ columns: [0, 1], bar: 1 }} file="consumers"
      empty={consumers.length === 0 && 'The process that answers has no metrics of consumers.'}
    />
  );
}

interface SourcesProps {
  sources: Sources;
  situation: string | undefined;
  change: Props['change'];
}

function SourcesPart({ sources, situation, change }: SourcesProps) {
  const chosen = sources.situations.find((one) => one.situation === situation) ?? sources.situations[0];
  return (
    <>
      {chosen !== undefined && (
        <div class="row filters">
          <label class="row small">
            <span class="soft">Situation</span>
            <select value={chosen.situation} onChange={(event) => change({ situation: event.currentTarget.value })}>
              {sources.situations.map((one) => <option key={one.situation} value={one.situation}>{situationName(one.situation)}</option>)}
            </select>
          </label>
        </div>
      )}
      <div class="columns">
        <div class="stacked-panels">
          <SourcesFigure sources={sources} title="By situation" />
          {chosen !== undefined && <HistoryFigure sources={sources} situation={chosen} />}
        </div>
        {chosen !== undefined && <SituationFigure situation={chosen} />}
      </div>
    </>
  );
}

function SituationFigure({ situation }: { situation: Situation }) {
  const parts = [...situation.sources].sort((a, b) => b.weight - a.weight);
  return (
    <Figure
      title={`${situationName(situation.situation)}: each source`} caption={situation.sentence}
      how="Weights are learned from what users choose. The mean reciprocal rank says how high the source alone ranks what they chose: 1 is always first, 0.5 second."
      table={{ head: ['Source', { name: 'Weight', text: (value) => value.toFixed(2) }, { name: 'Mean reciprocal rank', text: (value) => rankText(value) }], rows: parts.map((one) => [sourceName(one.source), one.weight, one.performance]), tones: parts.map((one) => familyOf(one.source)) }}
      brief={{ columns: [0, 1, 2], bar: 1 }} file={`sources-${situation.situation}`} empty={parts.length === 0 && 'No source has a weight.'}
    />
  );
}

function HistoryFigure({ sources, situation }: { sources: Sources; situation: Situation }) {
  const moments = sources.history.filter((one) => one.situation === situation.situation).map((one) => ({
    at: one.at, families: byFamily(shares(Object.entries(one.weights).map(([source, weight]) => ({ source, weight })))),
  }));
  const time = (at: string) => stampText(Date.parse(at)).slice(5, 16);
  const title = `${situationName(situation.situation)}: over time`;
  return moments.length === 0 ? (
    <Figure title={title} caption="The weights of the families, hour by hour." empty="Weights are kept at the end of each hour, for seven days." />
  ) : (
    <Figure
      title={title} caption="The share of each family in the weights, by hour."
      table={{ head: [`Hour (${ZONE})`, 'Family', 'Share'], rows: moments.flatMap((moment) => moment.families.map((one) => [time(moment.at), one.name, percent(one.share)])) }} file={`weights-${situation.situation}`}
    >
      <TimeChart
        label={`Shares of the families, ${situationName(situation.situation)}`} times={moments.map(({ at }) => Date.parse(at))} bin={HOUR} stacked text={(value) => percent(value, 0)}
        series={FAMILIES.map(({ name, sources: [first] }) => ({ name, tone: familyOf(first), values: moments.map(({ families }) => families.find((one) => one.name === name)?.share) }))}
      />
    </Figure>
  );
}

const words = (key: string) => key.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());

/** Rejected events by code: of the period where codes of its steps are kept, otherwise of the last hour. */
function RefusedFigure({ quality, history, period }: { quality: Quality; history: FlowHistory | undefined; period: Period }) {
  const steps = stepsIn(history, period.span, Date.now()).map(({ step }) => step);
  const kept = history !== undefined && history.source !== 'none';
  const codes = kept ? refusalsOf(steps) : [...(quality.refusals ?? [])].sort((a, b) => b.count - a.count);
  const refused = kept ? steps.reduce((sum, step) => sum + (step?.refused ?? 0), 0) : (quality.refused ?? 0);
  const when = kept ? `in ${spanText(period.span)}` : 'in the last hour';
  return (
    <Figure
      title="Refused, by reason" caption={refused === 0 ? `No event was rejected ${when}.` : `${plural(refused, 'event')} rejected ${when}.`} how="Codes of rejections are explained in docs/events.md. Of each step the five most frequent codes are kept, and others together."
      table={{ head: ['Code', 'Events'], rows: codes.map((one) => [one.code, one.count]) }} brief={{ columns: [0, 1], bar: 1 }} file="refusals"
      empty={codes.length === 0 && (refused === 0 ? 'Codes of rejections are explained in docs/events.md.' : 'The codes are in the log of collect: AWS does not count them.')}
    />
  );
}

function QualityPart({ quality, refused }: { quality: Quality; refused: ComponentChildren }) {
  const reasons = quality.quarantine ?? [];
  const kept = reasons.reduce((sum, one) => sum + one.count, 0);
  const least = quality.quarantineComplete === false ? 'at least ' : '';
  const facts: [string, string][] = [];
  const tell = (name: string, value: number | null | undefined) => value !== null && value !== undefined && facts.push([name, count(value)]);
  if (quality.impressionsWithoutToken !== null && quality.impressionsWithoutToken !== undefined) {
    const all = quality.impressions ?? 0;
    facts.push(['Impressions without a token', `${count(quality.impressionsWithoutToken)}${all > 0 ? ` of ${count(all)}` : ''}`]);
  }
  tell('Clicks without an impression', quality.clicksWithoutImpression);
  tell('Events sent again', quality.duplicates);
  if (quality.clockSkew !== null && quality.clockSkew !== undefined) {
    const { p50Seconds, p99Seconds, count: number } = quality.clockSkew;
    facts.push(['Clocks of senders are wrong by', `${duration(1000 * p50Seconds)} (half of ${plural(number, 'request')}), ${duration(1000 * p99Seconds)} (99 %)`]);
  }
  const consent = quality.consent ?? [];
  return (
    <div class="columns">
      {refused}
      <Figure
        title="In quarantine"
        caption={
          quality.quarantine === undefined
            ? 'What is in quarantine could not be counted.'
            : kept === 0 ? 'No event is in quarantine.' : `${least === '' ? '' : 'At least '}${plural(kept, 'entry', 'entries')} that could not be processed.`
        }
        how="Entries that failed after several tries; one that was given up is a whole batch. ./freshet quarantine shows and replays them."
        table={{ head: ['Reason', 'Entries', 'Oldest'], rows: reasons.map((one) => [words(one.reason), one.count, one.oldest && stampText(Date.parse(one.oldest)).slice(0, 16)]) }} brief={{ columns: [0, 1, 2], bar: 1 }} file="quarantine"
        empty={kept === 0 && 'What cannot be processed after several tries is quarantined, so that it holds nothing up.'}
      />
      <Figure
        title="Consent" caption="The share of events with consent to a purpose."
        table={{ head: ['Purpose', { name: 'Share', text: (value) => percent(value) }], rows: consent.map((one) => [words(one.purpose), one.share]) }} brief={{ columns: [0, 1], bar: 1 }} file="consent" empty={consent.length === 0 && 'The consent of events is not known.'}
      />
      <section class="panel" aria-labelledby="lacks-title">
        <h2 id="lacks-title">What events lack</h2>
        {facts.length === 0 ? <Empty>Nothing is known of it yet.</Empty> : <dl class="attention wide">{facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd class="number"><b>{value}</b></dd></div>)}</dl>}
      </section>
    </div>
  );
}
