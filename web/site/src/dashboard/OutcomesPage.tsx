import type { Api } from '../api';
import { Bars } from '../charts/Bars';
import { Marks, type Mark } from '../charts/Marks';
import { familyOf, sourceName } from '../families';
import { count, percent, plural } from '../format';
import type { OutcomeRow, Outcomes } from './answers';
import { Empty, Figure, Loaded } from './Figure';
import { usePolled } from './polled';
import { wilson } from './statistics';

const RANGES = [1, 8, 30, 90, 365];
const DAY_MS = 86_400_000;
const EVERY_MS = 10_000;

interface Props {
  api: Api;
  query: URLSearchParams;
  change: (changes: Record<string, string | undefined>) => void;
}

/** Placements as rows, most lists first, with the arms of experiments inside; a row opens positions, sources and days. */
export function OutcomesPage({ api, query, change }: Props) {
  const asked = Number(query.get('days'));
  const days = RANGES.includes(asked) ? asked : 8;
  const open = query.get('placement') ?? undefined;
  const from = new Date(Date.now() - (days - 1) * DAY_MS).toISOString().slice(0, 10);
  const path = `/v1/insights/outcomes?from=${from}`;
  const placements = usePolled<Outcomes>(api, `${path}&by=placement`, EVERY_MS);
  const arms = usePolled<Outcomes>(api, `${path}&by=placement,arm`, EVERY_MS);
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
  const known = rows.filter((row) => row.lists);
  return known.every(byUser)
    ? 'Intervals are of 95 %, by user.'
    : known.some(byUser)
      ? 'Intervals are of 95 %, by user; where there are few lists, they hold if every list were of another user, and real ones are wider.'
      : 'Intervals hold if every list were of another user; real ones are wider.';
};

const money = (amounts: Record<string, number> | undefined) =>
  Object.entries(amounts ?? {}).map(([currency, amount]) => `${amount.toLocaleString('en', { maximumFractionDigits: 2 })} ${currency}`).join(', ') || '–';

function PlacementsFigure({ outcomes, path, arms, open, onOpen }: { outcomes: Outcomes; path: string; arms: OutcomeRow[]; open: string | undefined; onOpen: (placement: string) => void }) {
  const rows = [...outcomes.rows].sort((a, b) => (b.lists ?? 0) - (a.lists ?? 0));
  const marks: Mark[] = rows.flatMap((row) => [
    { ...clickMark(nameOf(row.placement), row), onOpen: () => onOpen(row.placement ?? ''), opened: open === (row.placement ?? '') },
    ...arms.filter((arm) => arm.placement === row.placement).map((arm) => ({ ...clickMark(`${nameOf(row.placement)} · ${arm.arm}`, arm), inner: true })),
  ]);
  const all = rows.reduce((sum, row) => sum + (row.lists ?? 0), 0);
  return (
    <Figure
      title="Lists clicked, by placement"
      caption={
        rows.length === 0
          ? 'The share of lists that were clicked.'
          : `${plural(all, 'list')} in ${plural(rows.length, 'placement')} from ${outcomes.from} to ${outcomes.to}. ${intervalNote(rows)} Open a placement for its positions, sources and days.`
      }
      {...(rows.length === 0
        ? {}
        : {
            table: {
              head: ['Placement', 'Arm', 'Lists', 'Clicked', 'Share', 'Clicks', 'Conversions', 'Revenue', 'Per 1,000 lists'],
              rows: [...rows, ...arms].map((row) => [
                nameOf(row.placement), row.arm ?? 'all', row.lists ?? 0, row.listsClicked ?? 0, row.lists ? percent((row.listsClicked ?? 0) / row.lists) : '–',
                row.clicks, row.conversions, money(row.revenue), money(row.revenuePerThousandLists),
              ]),
            },
            file: [
              { name: `outcomes-${outcomes.from}-${outcomes.to}`, path: `${path}&by=placement` },
              ...(arms.length === 0 ? [] : [{ name: `arms-${outcomes.from}-${outcomes.to}`, path: `${path}&by=placement,arm`, label: 'Download arms as CSV' }]),
            ],
          })}
    >
      {rows.length === 0 ? <Empty>No list was reported as seen in these days: pages have to send impressions with the token of the list (docs/outcomes.md).</Empty> : <Marks marks={marks} />}
      {outcomes.unseenClicks > 0 && <p class="soft small">{plural(outcomes.unseenClicks, 'click')} came from lists whose impression has not arrived.</p>}
    </Figure>
  );
}

function PlacementDetails({ api, path, placement }: { api: Api; path: string; placement: string }) {
  const positions = usePolled<Outcomes>(api, `${path}&by=position`, EVERY_MS);
  const sources = usePolled<Outcomes>(api, `${path}&by=source`, EVERY_MS);
  const byDay = usePolled<Outcomes>(api, `${path}&by=day`, EVERY_MS);
  const share = (row: OutcomeRow) => (row.places > 0 ? row.clicks / row.places : 0);
  const partTable = (name: string, rows: OutcomeRow[], label: (row: OutcomeRow) => string | number) => ({
    head: [name, 'Places', 'Clicks', 'Share', 'Conversions'],
    rows: rows.map((row) => [label(row), row.places, row.clicks, percent(share(row), 2), row.conversions]),
  });
  const title = nameOf(placement);
  return (
    <section aria-label={`Placement ${title}`} class="columns">
      <Loaded of={positions} what="Positions">
        {({ rows }) => (
          <Figure
            title={`${title}: by position`} caption="Clicks on each hundred items shown at a position."
            {...(rows.length === 0 ? {} : { table: partTable('Position', rows, (row) => row.position ?? 0), file: [{ name: 'positions', path: `${path}&by=position` }] })}
          >
            {rows.length === 0 ? <Empty>Nothing was shown.</Empty> : <Bars bars={rows.map((row) => ({ label: `Position ${row.position}`, value: share(row), text: percent(share(row), 2), family: 2 }))} />}
          </Figure>
        )}
      </Loaded>
      <Loaded of={sources} what="Sources">
        {({ rows }) => (
          <Figure
            title={`${title}: by source`} caption="Clicks on each hundred items shown that a source proposed. An item counts for each of its sources."
            {...(rows.length === 0 ? {} : { table: partTable('Source', rows, (row) => sourceName(row.source ?? '')), file: [{ name: 'sources', path: `${path}&by=source` }] })}
          >
            {rows.length === 0 ? (
              <Empty>Nothing was shown.</Empty>
            ) : (
              <Bars
                bars={[...rows].sort((a, b) => share(b) - share(a)).map((row) => ({
                  label: sourceName(row.source ?? ''), value: share(row), text: `${percent(share(row), 2)} of ${count(row.places)}`, family: familyOf(row.source ?? ''),
                }))}
              />
            )}
          </Figure>
        )}
      </Loaded>
      <Loaded of={byDay} what="Days">
        {({ rows }) => (
          <Figure
            title={`${title}: by day`} caption={`The share of lists that were clicked; the last nine days can still change. ${intervalNote(rows)}`}
            {...(rows.length === 0
              ? {}
              : {
                  table: { head: ['Day (UTC)', 'Lists', 'Clicked', 'Share', 'Final'], rows: rows.map((row) => [row.day ?? '', row.lists ?? 0, row.listsClicked ?? 0, row.lists ? percent((row.listsClicked ?? 0) / row.lists) : '–', row.final ? 'yes' : 'no']) },
                  file: [{ name: 'days', path: `${path}&by=day` }],
                })}
          >
            {rows.length === 0 ? <Empty>Nothing was shown.</Empty> : <Marks marks={rows.map((row) => clickMark(row.day ?? '', row))} />}
          </Figure>
        )}
      </Loaded>
    </section>
  );
}
