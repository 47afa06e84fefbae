import type { Api } from '../api';
import { Bars } from '../charts/Bars';
import { Marks, type Mark } from '../charts/Marks';
import { DAY, HOUR } from '../charts/scale';
import { TimeChart } from '../charts/TimeChart';
import { familyOf, sourceName } from '../families';
import { count, percent, plural } from '../format';
import type { OutcomeRow, Outcomes } from './answers';
import { Figure, Loaded } from './Figure';
import { usePolled } from './polled';
import { wilson } from './statistics';

const RANGES = [1, 8, 30, 90, 365];
const EVERY_MS = 10_000;

interface Props {
  api: Api;
  query: URLSearchParams;
  change: (changes: Record<string, string | undefined>) => void;
}

/** Placements as rows, most lists first, with the arms of experiments inside; a row opens positions, sources, days and hours. */
export function OutcomesPage({ api, query, change }: Props) {
  const asked = Number(query.get('days'));
  const days = RANGES.includes(asked) ? asked : 8;
  const open = query.get('placement') ?? undefined;
  const from = new Date(Date.now() - (days - 1) * DAY).toISOString().slice(0, 10);
  const path = `/v1/insights/outcomes?from=${from}`;
  const placements = usePolled<Outcomes>(api, `${path}&by=placement`, EVERY_MS);
  const arms = usePolled<Outcomes>(api, `${path}&by=placement,arm`, EVERY_MS);
  const segments = usePolled<Outcomes>(api, `${path}&by=segment`, EVERY_MS);
  return (
    <>
      <div class="row apart">
        <p class="soft small">Clicks and purchases count on the day (UTC) on which their list was issued.</p>
        <label class="row small">
          <span class="soft">Days</span>
          <select value={String(days)} onChange={(event) => change({ days: event.currentTarget.value })}>
            {RANGES.map((range) => <option key={range} value={String(range)}>{range === 1 ? 'today' : `last ${range}`}</option>)}
          </select>
        </label>
      </div>
      <Loaded of={placements} what="Outcomes">
        {(value) => (
          <PlacementsFigure
            outcomes={value} path={path} arms={arms.value?.rows ?? []} open={open}
            onOpen={(placement) => change({ placement: placement === open ? undefined : placement })}
          />
        )}
      </Loaded>
      {open === undefined && <Loaded of={segments} what="Outcomes by segment">{(value) => <SegmentsFigure outcomes={value} path={path} />}</Loaded>}
      {open !== undefined && <PlacementDetails api={api} path={`${path}&placement=${encodeURIComponent(open)}`} placement={open} />}
    </>
  );
}

const nameOf = (placement: string | undefined) => placement || '(no placement)';

function clickMark(label: string, row: OutcomeRow): Mark {
  const lists = row.lists ?? 0;
  const clicked = row.listsClicked ?? 0;
  const { low, high } = row.interval === undefined ? wilson(clicked, lists) : { low: row.interval.lower, high: row.interval.upper };
  return lists === 0 ? { label, value: undefined, text: 'no lists' } : { label, value: clicked / lists, low, high, text: `${percent(clicked / lists)} of ${count(lists)}` };
}

/** What the intervals of rows are worth. */
export const intervalNote = (rows: readonly OutcomeRow[]): string => {
  const byUser = (row: OutcomeRow) => row.interval?.method === 'buckets';
  const known = rows.filter((row) => row.lists ?? row.places);
  return known.every(byUser)
    ? '95 % intervals, by user.'
    : known.some(byUser)
      ? '95 % intervals, by user; with few lists they assume independent lists, and the true uncertainty is larger.'
      : 'Intervals assume independent lists; the true uncertainty is larger.';
};

/** The share of lists that were clicked over time, with its interval. */
function sharesOver(rows: readonly OutcomeRow[], at: (row: OutcomeRow) => number) {
  const marks = rows.map((row) => clickMark('', row));
  return {
    times: rows.map(at), text: (value: number) => percent(value), axisText: (value: number) => percent(value),
    series: [{ name: 'Lists clicked', values: marks.map(({ value }) => value), low: marks.map(({ low }) => low), high: marks.map(({ high }) => high) }],
  };
}

/** The share of a row's lists that were clicked, as text. */
const clicked = (row: OutcomeRow) => (row.lists ? percent((row.listsClicked ?? 0) / row.lists) : '–');

/** What tables of lists have of a row after its names. */
const LISTS_HEAD = ['Lists', 'Clicked', 'Share', 'Clicks', 'Conversions', 'Revenue', 'Per 1,000 lists'];
const listCells = (row: OutcomeRow) => [row.lists ?? 0, row.listsClicked ?? 0, clicked(row), row.clicks, row.conversions, money(row.revenue), money(row.revenuePerThousandLists)];

const money = (amounts: Record<string, number> | undefined) =>
  Object.entries(amounts ?? {}).map(([currency, amount]) => `${amount.toLocaleString('en', { maximumFractionDigits: 2 })} ${currency}`).join(', ') || '–';

function PlacementsFigure({ outcomes, path, arms, open, onOpen }: { outcomes: Outcomes; path: string; arms: OutcomeRow[]; open: string | undefined; onOpen: (placement: string) => void }) {
  const rows = [...outcomes.rows].sort((a, b) => (b.lists ?? 0) - (a.lists ?? 0));
  const marks: Mark[] = rows.flatMap((row) => [
    { ...clickMark(nameOf(row.placement), row), onOpen: () => onOpen(row.placement ?? ''), opened: open === (row.placement ?? '') },
    ...arms.filter((arm) => arm.placement === row.placement).map((arm) => ({ ...clickMark(`${nameOf(row.placement)} · ${arm.arm}`, arm), inner: true })),
  ]);
  const all = rows.reduce((sum, row) => sum + (row.lists ?? 0), 0);
  const unseen = outcomes.unseenClicks > 0 ? `${plural(outcomes.unseenClicks, 'click')} came from lists whose impression has not arrived.` : '';
  return (
    <Figure
      title="Lists clicked, by placement"
      caption={
        rows.length === 0
          ? 'The share of lists that were clicked.'
          : `${plural(all, 'list')} in ${plural(rows.length, 'placement')} from ${outcomes.from} to ${outcomes.to}. ${intervalNote(rows)} Open a placement for its positions, sources, days and hours.`
      }
      table={{ head: ['Placement', 'Arm', ...LISTS_HEAD], rows: [...rows, ...arms].map((row) => [nameOf(row.placement), row.arm ?? 'all', ...listCells(row)]) }}
      file={[
        { name: `outcomes-${outcomes.from}-${outcomes.to}`, path: `${path}&by=placement` },
        ...(arms.length === 0 ? [] : [{ name: `arms-${outcomes.from}-${outcomes.to}`, path: `${path}&by=placement,arm`, label: 'Download arms as CSV' }]),
      ]}
      empty={rows.length === 0 && <>No list was reported as seen in these days: pages have to send impressions with the token of the list (docs/experiments.md). {unseen}</>}
    >
      <Marks marks={marks} />
      {unseen !== '' && <p class="soft small">{unseen}</p>}
    </Figure>
  );
}

const segmentOf = (row: OutcomeRow) => row.segmentName ?? row.segment ?? '';

function SegmentsFigure({ outcomes: { from, to, rows, note }, path }: { outcomes: Outcomes; path: string }) {
  const sorted = [...rows].sort((a, b) => (b.lists ?? 0) - (a.lists ?? 0));
  return (
    <Figure
      title="Lists clicked, by segment of users"
      caption={
        rows.length === 0
          ? 'The share of lists that were clicked by the users of each segment.'
          : `${plural(rows.length, 'segment')}, over all placements; a user counts in the segment of the time of the list. ${intervalNote(rows)}`
      }
      table={{ head: ['Segment', 'Id', ...LISTS_HEAD], rows: sorted.map((row) => [segmentOf(row), row.segment ?? '', ...listCells(row)]) }}
      file={[{ name: `segments-${from}-${to}`, path: `${path}&by=segment` }]}
      empty={rows.length === 0 && <>No list of enough users of one segment was seen in these days. {note}</>}
    >
      <Marks marks={sorted.map((row) => clickMark(segmentOf(row), row))} />
      {note !== undefined && <p class="soft small">{note}</p>}
    </Figure>
  );
}

function PlacementDetails({ api, path, placement }: { api: Api; path: string; placement: string }) {
  const positions = usePolled<Outcomes>(api, `${path}&by=position`, EVERY_MS);
  const sources = usePolled<Outcomes>(api, `${path}&by=source`, EVERY_MS);
  const byDay = usePolled<Outcomes>(api, `${path}&by=day`, EVERY_MS);
  const hours = `/v1/insights/outcomes?placement=${encodeURIComponent(placement)}&by=hour`;
  const byHour = usePolled<Outcomes>(api, hours, EVERY_MS);
  const share = (row: OutcomeRow) => (row.places > 0 ? row.clicks / row.places : 0);
  const partTable = (name: string, rows: OutcomeRow[], label: (row: OutcomeRow) => string | number) => ({
    head: [name, 'Places', 'Clicks', 'Share', 'From', 'To', 'Conversions'],
    rows: rows.map((row) => [label(row), row.places, row.clicks, percent(share(row), 2), ...ends(row, 2), row.conversions]),
  });
  const nothing = (rows: OutcomeRow[]) => rows.length === 0 && 'Nothing was shown.';
  const title = nameOf(placement);
  return (
    <section aria-label={`Placement ${title}`} class="columns">
      <Loaded of={positions} what="Positions">
        {({ rows }) => (
          <Figure
            title={`${title}: by position`} caption={`Clicks on each hundred items shown at a position. ${intervalNote(rows)}`}
            table={partTable('Position', rows, (row) => row.position ?? 0)} file={[{ name: 'positions', path: `${path}&by=position` }]} empty={nothing(rows)}
          >
            <Bars bars={rows.map((row) => ({ label: `Position ${row.position}`, value: share(row), text: percent(share(row), 2) }))} />
          </Figure>
        )}
      </Loaded>
      <Loaded of={sources} what="Sources">
        {({ rows }) => (
          <Figure
            title={`${title}: by source`} caption={`Clicks on each hundred items shown that a source proposed. An item counts for each of its sources. ${intervalNote(rows)}`}
            table={partTable('Source', rows, (row) => sourceName(row.source ?? ''))} file={[{ name: 'sources', path: `${path}&by=source` }]} empty={nothing(rows)}
          >
            <Bars
              bars={[...rows].sort((a, b) => share(b) - share(a)).map((row) => ({
                label: sourceName(row.source ?? ''), value: share(row), text: `${percent(share(row), 2)} of ${count(row.places)}`, tone: familyOf(row.source ?? ''),
              }))}
            />
          </Figure>
        )}
      </Loaded>
      <Loaded of={byDay} what="Days">
        {({ rows }) => (
          <Figure
            title={`${title}: by day`} caption={`The share of lists that were clicked; the last nine days can still change. ${intervalNote(rows)}`}
            table={{ head: ['Day (UTC)', 'Lists', 'Clicked', 'Share', 'Final'], rows: rows.map((row) => [row.day ?? '', row.lists ?? 0, row.listsClicked ?? 0, clicked(row), row.final ? 'yes' : 'no']) }}
            file={[{ name: 'days', path: `${path}&by=day` }]} empty={nothing(rows)}
          >
            <TimeChart label={`${title}: share of lists clicked, by day`} bin={DAY} {...sharesOver(rows, (row) => Date.parse(row.day ?? ''))} />
          </Figure>
        )}
      </Loaded>
      <Loaded of={byHour} what="Hours">{(value) => <HoursFigure outcomes={value} path={hours} title={`${title}: by hour`} />}</Loaded>
    </section>
  );
}

/** The ends of a row's interval as text. */
const ends = (row: OutcomeRow, digits = 1): [string, string] =>
  row.interval === undefined ? ['–', '–'] : [percent(row.interval.lower, digits), percent(row.interval.upper, digits)];

/** The hours from the oldest that is kept to the newest with a list; those without one have no counts. */
function hoursOf({ rows, hoursFrom }: Outcomes): { hour: string; row: OutcomeRow | undefined }[] {
  const known = new Map(rows.map((row) => [Date.parse(row.hour ?? ''), row]));
  const first = Date.parse(hoursFrom ?? rows[0]?.hour ?? '');
  const last = Math.max(...known.keys());
  return Array.from({ length: Math.max(0, Math.round((last - first) / HOUR) + 1) }, (_, at) => ({
    hour: new Date(first + at * HOUR).toISOString(), row: known.get(first + at * HOUR),
  }));
}

function HoursFigure({ outcomes, path, title }: { outcomes: Outcomes; path: string; title: string }) {
  const hours = outcomes.rows.length === 0 ? [] : hoursOf(outcomes);
  const name = (hour: string) => `${hour.slice(5, 10)} ${hour.slice(11, 16)}`;
  return (
    <Figure
      title={title}
      caption={`Lists and the clicked ones among them in the latest eight days (UTC). A click counts in the hour of its list, so the latest hours still rise. ${intervalNote(outcomes.rows)}`}
      table={{
        head: ['Hour (UTC)', 'Lists', 'Clicked', 'Share', 'From', 'To', 'Clicks', 'Conversions'],
        rows: outcomes.rows.map((row) => [name(row.hour ?? ''), row.lists ?? 0, row.listsClicked ?? 0, clicked(row), ...ends(row), row.clicks, row.conversions]),
      }}
      file={[{ name: 'hours', path }]} empty={hours.length === 0 && 'No list of the latest eight days was reported as seen.'}
    >
      <TimeChart
        label={title} times={hours.map(({ hour }) => Date.parse(hour))} bin={HOUR} stacked text={(value) => plural(value, 'list')} axisText={count}
        series={[{ name: 'clicked', values: hours.map(({ row }) => row?.listsClicked) }, { name: 'not clicked', tone: 'rest', values: hours.map(({ row }) => (row === undefined ? undefined : (row.lists ?? 0) - (row.listsClicked ?? 0))) }]}
      />
    </Figure>
  );
}
