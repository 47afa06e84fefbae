import type { Api } from '../api';
import { Marks, type Mark } from '../charts/Marks';
import { HOUR, ZONE } from '../charts/scale';
import { TimeChart, type Marker } from '../charts/TimeChart';
import { familyOf, sourceName } from '../families';
import { percent, plural } from '../format';
import type { FlowHistory, OutcomeRow, Outcomes } from './answers';
import { Figure, Loaded } from './Figure';
import { flowPath, markersOf } from './flowHistory';
import { binRows, binsOf, binsPath, CLICKED, isCompared, seriesOf } from './overTime';
import { daysAsked, type Period } from './period';
import { clickMark, intervalNote, listCells, LISTS_HEAD, placementName } from './placements';
import { usePolled } from './polled';

const EVERY_MS = 10_000;
const SLOWLY_MS = 60_000;

interface Props {
  api: Api;
  period: Period;
  query: URLSearchParams;
  change: (changes: Record<string, string | undefined>) => void;
}

/** Placements as rows, most lists first, with the arms of experiments inside; a row opens its course, positions and sources. */
export function OutcomesPage({ api, period, query, change }: Props) {
  const open = query.get('placement') ?? undefined;
  const path = `/v1/insights/outcomes?${daysAsked(period.days)}`;
  const placements = usePolled<Outcomes>(api, `${path}&by=placement`, EVERY_MS);
  const before = usePolled<Outcomes>(api, `/v1/insights/outcomes?${daysAsked(period.daysBefore)}&by=placement`, EVERY_MS);
  const arms = usePolled<Outcomes>(api, `${path}&by=placement,arm`, EVERY_MS);
  const segments = usePolled<Outcomes>(api, `${path}&by=segment`, EVERY_MS);
  return (
    <>
      <Loaded of={placements} what="Outcomes">
        {(value) => (
          <PlacementsFigure
            outcomes={value} before={before.value !== undefined && isCompared(value.rows, before.value.rows) ? before.value.rows : []} path={path} arms={arms.value?.rows ?? []} open={open}
            onOpen={(placement) => change({ placement: placement === open ? undefined : placement })}
          />
        )}
      </Loaded>
      {open === undefined && <Loaded of={segments} what="Outcomes by segment">{(value) => <SegmentsFigure outcomes={value} path={path} />}</Loaded>}
      {open !== undefined && <PlacementDetails api={api} period={period} path={path} placement={open} />}
    </>
  );
}

interface PlacementsProps {
  outcomes: Outcomes;
  before: OutcomeRow[];
  path: string;
  arms: OutcomeRow[];
  open: string | undefined;
  onOpen: (placement: string) => void;
}

function PlacementsFigure({ outcomes, before, path, arms, open, onOpen }: PlacementsProps) {
  const rows = [...outcomes.rows].sort((a, b) => (b.lists ?? 0) - (a.lists ?? 0));
  const marks: Mark[] = rows.flatMap((row) => [
    { ...clickMark(placementName(row.placement), row, before.find((one) => one.placement === row.placement)), onOpen: () => onOpen(row.placement ?? ''), opened: open === (row.placement ?? '') },
    ...arms.filter((arm) => arm.placement === row.placement).map((arm) => ({ ...clickMark(`${placementName(row.placement)} · ${arm.arm}`, arm), inner: true })),
  ]);
  const all = rows.reduce((sum, row) => sum + (row.lists ?? 0), 0);
  const unseen = outcomes.unseenClicks > 0 ? `${plural(outcomes.unseenClicks, 'click')} came from lists whose impression has not arrived.` : '';
  return (
    <Figure
      title="Lists clicked, by placement"
      caption={rows.length === 0 ? 'The share of lists that were clicked.' : `${plural(all, 'list')} in ${plural(rows.length, 'placement')}; open one for its course, positions and sources.`}
      how={`Lists with a click within the click window, over lists with an impression, by the day (UTC) of the list; the last nine days can still change. ${intervalNote(rows)} Changes are against the period before, grey where they are within noise. An arm is within its placement.`}
      table={{ head: ['Placement', 'Arm', ...LISTS_HEAD], rows: [...rows, ...arms].map((row) => [placementName(row.placement), row.arm ?? 'all', ...listCells(row)]) }}
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
      caption={rows.length === 0 ? 'The share of lists that were clicked by the users of each segment.' : `${plural(rows.length, 'segment')}, over all placements.`}
      how={`A user counts in the segment of the time of the list. ${intervalNote(rows)}`}
      table={{ head: ['Segment', 'Id', ...LISTS_HEAD], rows: sorted.map((row) => [segmentOf(row), row.segment ?? '', ...listCells(row)]) }}
      file={[{ name: `segments-${from}-${to}`, path: `${path}&by=segment` }]}
      empty={rows.length === 0 && <>No list of enough users of one segment was seen in these days. {note}</>}
    >
      <Marks marks={sorted.map((row) => clickMark(segmentOf(row), row))} />
      {note !== undefined && <p class="soft small">{note}</p>}
    </Figure>
  );
}

function PlacementDetails({ api, period, path: days, placement }: { api: Api; period: Period; path: string; placement: string }) {
  const filter = `&placement=${encodeURIComponent(placement)}`;
  const path = `${days}${filter}`;
  const positions = usePolled<Outcomes>(api, `${path}&by=position`, EVERY_MS);
  const sources = usePolled<Outcomes>(api, `${path}&by=source`, EVERY_MS);
  const history = usePolled<FlowHistory>(api, flowPath({ before: period.span }, Date.now()), SLOWLY_MS);
  const overTime = usePolled<Outcomes>(api, binsPath(period, filter), EVERY_MS);
  const share = (row: OutcomeRow) => (row.places > 0 ? row.clicks / row.places : 0);
  const partTable = (name: string, rows: OutcomeRow[], label: (row: OutcomeRow) => string | number) => ({
    head: [name, 'Shown', 'Clicks', SHARE, { ...SHARE, name: 'From' }, { ...SHARE, name: 'To' }, 'Conversions'],
    rows: rows.map((row) => [label(row), row.places, row.clicks, share(row), row.interval?.lower, row.interval?.upper, row.conversions]),
    tones: rows.map((row) => (row.source === undefined ? undefined : familyOf(row.source))),
  });
  const nothing = (rows: OutcomeRow[]) => rows.length === 0 && 'Nothing was shown.';
  const title = placementName(placement);
  return (
    <section aria-label={`Placement ${title}`} class="columns">
      <Loaded of={overTime} what="The course">{(value) => <CourseFigure outcomes={value} markers={markersOf(history.value)} period={period} path={binsPath(period, filter)} placement={title} />}</Loaded>
      <Loaded of={positions} what="Positions">
        {({ rows }) => (
          <Figure
            title={`${title}: by position`} caption="The share of shown items that were clicked, from the top of the list." how={`An item counts as shown with the impression of its list. ${intervalNote(rows)}`}
            table={partTable('Position', rows, (row) => row.position ?? 0)} brief={{ columns: [0, 3, 1], bar: 3 }} file={[{ name: 'positions', path: `${path}&by=position` }]} empty={nothing(rows)}
          />
        )}
      </Loaded>
      <Loaded of={sources} what="Sources">
        {({ rows }) => (
          <Figure
            title={`${title}: by source`} caption="The share of shown items that were clicked, by the source that proposed them." how={`An item counts for each of its sources. ${intervalNote(rows)}`}
            table={partTable('Source', [...rows].sort((a, b) => share(b) - share(a)), (row) => sourceName(row.source ?? ''))} brief={{ columns: [0, 3, 1], bar: 3 }} file={[{ name: 'sources', path: `${path}&by=source` }]} empty={nothing(rows)}
          />
        )}
      </Loaded>
    </section>
  );
}

/** A share of places, which is small. */
const SHARE = { name: 'Clicked', text: (value: number) => percent(value, 2) };

/** The share of a placement's lists that were clicked, over a period and the one before. */
function CourseFigure({ outcomes, markers, period, path, placement }: { outcomes: Outcomes; markers: Marker[]; period: Period; path: string; placement: string }) {
  const { span, before, bin } = period;
  const bins = binsOf(outcomes, span, bin, Date.now());
  return (
    <Figure
      title={`${placement}: over time`} caption={`The share of lists that were clicked, by ${bin === HOUR ? 'hour' : 'day'} of the list; the latest still rise.`}
      table={{ head: [bin === HOUR ? `Hour (${ZONE})` : 'Day (UTC)', 'Lists', 'Clicked', 'Share', 'From', 'To'], rows: binRows(CLICKED, bins, bin) }}
      file={[{ name: 'course', path }]} empty={bins.every(({ row }) => row === undefined) && 'No list of this period was reported as seen.'}
    >
      <TimeChart label={`${placement}: share of lists clicked`} times={bins.map(({ at }) => at)} bin={bin} text={CLICKED.text} series={seriesOf(CLICKED, period, bins, binsOf(outcomes, before, bin, Date.now()))} markers={markers} />
    </Figure>
  );
}
