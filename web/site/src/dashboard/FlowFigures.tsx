// Figures of what goes through the stack, which more than one page shows.

import { Histogram } from '../charts/Histogram';
import { Stacked, type StackedRow } from '../charts/Stacked';
import { byFamily, sourceName } from '../families';
import { count, percent, plural } from '../format';
import type { Flow, Freshness, Situation, Sources } from './answers';
import { Figure } from './Figure';

/** Within this time an event is to be known to the next list. */
export const PROMISED_MS = 200;

/** Events that were known within the promised time, as a share; undefined where no bound of the histogram is that time. */
export function withinPromise({ histogram, count: all }: Freshness): number | undefined {
  const at = histogram.findIndex((bucket) => bucket.upToMs === PROMISED_MS);
  return at < 0 || all === 0 ? undefined : histogram.slice(0, at + 1).reduce((sum, bucket) => sum + bucket.count, 0) / all;
}

const milliseconds = (ms: number) => (ms >= 1000 ? `${count(ms / 1000)} s` : `${count(ms)} ms`);

export function FreshnessFigure({ flow }: { flow: Flow | null | undefined }) {
  const freshness = flow?.freshness ?? undefined;
  const title = 'From event to list';
  if (freshness === undefined || freshness.count === 0) {
    return (
      <Figure
        title={title} caption="How long after its receipt an event counts in the next list."
        empty={flow === undefined || flow === null || flow.source === 'none' ? 'The process that answers has no metrics to read.' : 'No event came in the last hour; ./freshet demo sends some.'}
      />
    );
  }
  const { histogram } = freshness;
  const range = (at: number) => {
    const to = histogram[at]?.upToMs ?? null;
    const from = histogram[at - 1]?.upToMs ?? 0;
    return to === null ? `over ${milliseconds(from)}` : from === 0 ? `up to ${milliseconds(to)}` : `${milliseconds(from)} to ${milliseconds(to)}`;
  };
  const within = withinPromise(freshness);
  const limit = histogram.findIndex((bucket) => bucket.upToMs === PROMISED_MS);
  const fullest = histogram.reduce((best, bucket, at) => (bucket.count > (histogram[best]?.count ?? 0) ? at : best), 0);
  return (
    <Figure
      title={title}
      caption={`Half of the events of the last hour within ${milliseconds(freshness.p50Ms)}, 99 % within ${milliseconds(freshness.p99Ms)}${within === undefined ? '' : `; ${percent(within)} within ${PROMISED_MS} ms`}.`}
      how="The time from the receipt of an event until the row is written from which the next list is made."
      table={{ head: ['After', 'Events'], rows: histogram.map((bucket, at) => [range(at), bucket.count]) }} file="freshness"
    >
      <Histogram
        label="Events by the time after which they counted" from="0 ms" first={fullest}
        bins={histogram.map((bucket, at) => ({
          text: `${range(at)}: ${plural(bucket.count, 'event')}, ${percent(bucket.count / freshness.count)}`, value: bucket.count, edge: bucket.upToMs === null ? '' : bucket.upToMs < 1000 ? String(bucket.upToMs) : milliseconds(bucket.upToMs),
        }))}
        {...(limit < 0 ? {} : { mark: { after: limit, text: 'promised' } })}
      />
    </Figure>
  );
}

const NAMES: Record<string, string> = {
  thin: 'Short history',
  medium: 'Medium history',
  long: 'Long history',
};

/** Name of a situation for people, from its key. */
export const situationName = (key: string): string => NAMES[key] ?? key.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase());

/** A mean reciprocal rank: 1 where what users chose was always first, 0.5 where it was second. */
export const rankText = (rank: number | null | undefined): string => (rank === null || rank === undefined ? '–' : rank.toFixed(2));

/** Weights of sources as shares of their sum, negative ones counting as none. */
export function shares(sources: readonly { source: string; weight: number }[]): { source: string; share: number }[] {
  const sum = sources.reduce((all, one) => all + Math.max(0, one.weight), 0);
  return sum === 0 ? [] : sources.map(({ source, weight }) => ({ source, share: Math.max(0, weight) / sum }));
}

function row(situation: Situation): StackedRow {
  const all = byFamily(shares(situation.sources));
  const first = [...all].sort((a, b) => b.share - a.share)[0];
  return { label: situationName(situation.situation), shares: all, text: first === undefined ? 'no weight' : `${first.name} ${percent(first.share, 0)}` };
}

/** Where the items of lists come from, by how much is known of a user. */
export function SourcesFigure({ sources, title = 'Where lists come from' }: { sources: Sources; title?: string }) {
  const rows = sources.situations.map(row);
  return (
    <Figure
      title={title}
      caption={rows.length === 0 ? 'Weights of the sources of recommendations.' : 'The weight of each family of sources, by how much is known of the user.'}
      table={{
        head: ['Situation', 'Source', 'Family', 'Weight', 'Mean reciprocal rank'],
        rows: sources.situations.flatMap(({ situation, sources: parts }) =>
          parts.map((one) => [situationName(situation), sourceName(one.source), byFamily([{ source: one.source, share: 1 }])[0]?.name ?? '', one.weight.toFixed(3), rankText(one.performance)]),
        ),
      }}
      file="sources" empty={rows.length === 0 && 'There is no model yet: send events, or import a history with ./freshet import.'}
    >
      <Stacked rows={rows} />
    </Figure>
  );
}

/** What was rejected, quarantined or degraded. */
export function AttentionFigures({ flow }: { flow: Flow }) {
  const { recommendations, requests } = flow;
  const figures: { name: string; number: number; of: string }[] = [
    { name: 'Events rejected', number: flow.refused, of: '' },
    { name: 'Events in quarantine', number: flow.quarantined, of: '' },
    { name: 'Lists degraded', number: recommendations.degraded, of: ` of ${count(recommendations.count)}` },
    ...(requests === undefined
      ? []
      : [
          { name: 'Requests throttled', number: requests.throttled, of: ` of ${count(requests.total)}` },
          { name: 'Requests failed (5xx)', number: requests.serverErrors, of: ` of ${count(requests.total)}` },
        ]),
  ];
  return (
    <dl class="attention">
      {figures.map(({ name, number, of }) => (
        <div key={name} class={number > 0 ? 'warn' : ''}>
          <dt>{name}</dt>
          <dd class="number"><b>{count(number)}</b>{of}</dd>
        </div>
      ))}
    </dl>
  );
}
