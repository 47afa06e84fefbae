import type { Api } from '../api';
import { Bars } from '../charts/Bars';
import { Ratios } from '../charts/Ratios';
import { ago, count, duration, percent, plural } from '../format';
import type { Catalogue, ContentList, ItemOrder, ListedContent, Ratio, Topics } from './answers';
import { Big } from './Big';
import { Empty, Figure, Loaded } from './Figure';
import { usePolled, type Polled } from './polled';
import { contentSummary, ratioText, times } from './summary';

const EVERY_MS = 30_000;
const RANGES = [1, 3, 7];
const BY = { tag: 'tags', author: 'authors', type: 'types' } as const;
type By = keyof typeof BY;

/** Topics and items that a chart has room for; the table has all that were answered. */
const MOST_TOPICS = 14;
const MOST_ITEMS = 6;

interface Props {
  api: Api;
  query: URLSearchParams;
  change: (changes: Record<string, string | undefined>) => void;
}

/** What readers want against what is published, what rises and fades, and what of the catalogue is seen. */
export function ContentPage({ api, query, change }: Props) {
  const asked = Number(query.get('days'));
  const days = RANGES.includes(asked) ? asked : 7;
  const by: By = (query.get('by') ?? '') in BY ? (query.get('by') as By) : 'tag';
  const country = /^[A-Z]{2}$/.test(query.get('country') ?? '') ? `&country=${query.get('country')}` : '';
  const topics = usePolled<Topics>(api, `/v1/insights/topics?by=${by}&days=${days}${country}`, EVERY_MS);
  const catalogue = usePolled<Catalogue>(api, '/v1/insights/catalogue', EVERY_MS);
  const list = (order: ItemOrder) => `/v1/insights/items?order=${order}&limit=50`;
  const attention = usePolled<ContentList>(api, list('attention'), EVERY_MS);
  const rising = usePolled<ContentList>(api, list('rising'), EVERY_MS);
  const neverShown = usePolled<ContentList>(api, list('never-shown'), EVERY_MS);
  const inVain = usePolled<ContentList>(api, list('shown-in-vain'), EVERY_MS);
  const sentence = contentSummary(topics.value, catalogue.value);
  return (
    <>
      {sentence !== '' && <p class="summary plain" role="status">{sentence}</p>}
      <Filters by={by} days={days} country={query.get('country') ?? ''} change={change} />
      <Loaded of={catalogue} what="The catalogue">{(value) => <CatalogueFigures catalogue={value} />}</Loaded>
      <div class="columns">
        <Loaded of={topics} what="Topics">{(value) => <DemandFigure topics={value} by={by} />}</Loaded>
        <div class="stacked-panels">
          {topics.value !== undefined && <TrendFigure topics={topics.value} by={by} />}
          <Loaded of={rising} what="Rising items">{({ items }) => <RisingFigure items={items} />}</Loaded>
        </div>
        <Loaded of={attention} what="What holds attention">{({ items }) => <AttentionFigure items={items} />}</Loaded>
        <Loaded of={inVain} what="What is shown in vain">{({ items }) => <InVainFigure items={items} />}</Loaded>
      </div>
      <NeverShown catalogue={catalogue.value} items={neverShown} />
    </>
  );
}

interface FilterProps {
  by: By;
  days: number;
  country: string;
  change: Props['change'];
}

function Filters({ by, days, country, change }: FilterProps) {
  return (
    <div class="row filters">
      <label class="row small">
        <span class="soft">Topics are</span>
        <select value={by} onChange={(event) => change({ by: event.currentTarget.value })}>
          {Object.entries(BY).map(([value, name]) => <option key={value} value={value}>{name}</option>)}
        </select>
      </label>
      <label class="row small">
        <span class="soft">Days</span>
        <select value={String(days)} onChange={(event) => change({ days: event.currentTarget.value })}>
          {RANGES.map((range) => <option key={range} value={String(range)}>{range === 1 ? 'last day' : `last ${range}`}</option>)}
        </select>
      </label>
      <label class="row small">
        <span class="soft">Country</span>
        <input
          class="short-input" value={country} maxLength={2} placeholder="all" spellcheck={false} autocomplete="off"
          onChange={(event) => {
            const code = event.currentTarget.value.trim().toUpperCase();
            change({ country: /^[A-Z]{2}$/.test(code) ? code : undefined });
          }}
        />
      </label>
    </div>
  );
}

function CatalogueFigures({ catalogue }: { catalogue: Catalogue }) {
  const { coverage, shown, available, neverShown, topShare, gini, timeToFirstShowing: first, days } = catalogue;
  return (
    <dl class="figures">
      <Big name="Catalogue shown" value={coverage === null ? '–' : percent(coverage, 0)} note={`${count(shown)} of ${plural(available, 'item')} that are available, in ${plural(days, 'day')}`} />
      <Big name="Never shown" value={count(neverShown.count)} note={available === 0 ? 'No item is available.' : `${percent(neverShown.count / available, 0)} of what is available and a day old`} />
      <Big
        name="The top 1 % has" value={topShare === null ? '–' : percent(topShare, 0)}
        note={topShare === null ? 'Nothing was shown.' : `of all showings${gini === null ? '' : `; concentration (Gini) ${gini.toFixed(2)}`}`}
      />
      <Big
        name="First showing after" value={first === null ? '–' : duration(1000 * first.medianSeconds)}
        note={first === null ? 'No item was first shown in these days.' : `for half of ${plural(first.items, 'item')}; for 90 % within ${duration(1000 * first.p90Seconds)}`}
      />
    </dl>
  );
}

const bounds = (of: Ratio) => (of.lower === null || of.upper === null ? '' : `${ratioText(of.lower)} to ${ratioText(of.upper)}`);

function DemandFigure({ topics: { topics, days }, by }: { topics: Topics; by: By }) {
  const known = topics.filter((topic) => topic.times !== null).sort((a, b) => (b.times ?? 0) - (a.times ?? 0));
  const shown = known.length <= MOST_TOPICS ? known : [...known.slice(0, MOST_TOPICS / 2), ...known.slice(-MOST_TOPICS / 2)];
  const above = known.filter((topic) => (topic.lower ?? 0) > 1).length;
  const below = known.filter((topic) => (topic.upper ?? 2) < 1).length;
  const number = (value: number | null | undefined) => value ?? '';
  return (
    <Figure
      title="Demand against supply"
      caption={
        known.length === 0
          ? 'How much more or less each topic is read than its share of what is published.'
          : `Of ${plural(known.length, by)}, ${above} ${above === 1 ? 'is' : 'are'} read more and ${below} less than ${above + below === 1 ? 'its' : 'their'} share of what was published in ${plural(days, 'day')}. Lines are 95 % intervals.${known.length > shown.length ? ` Drawn are the ${shown.length} farthest from 1 ×.` : ''}`
      }
      {...(topics.length === 0
        ? {}
        : {
            table: {
              head: ['Topic', 'Published', 'Read', 'Times', 'From', 'To', 'Clicked against shown', 'From', 'To'],
              rows: topics.map((topic) => [
                topic.topic, topic.supply, topic.demand ?? 'few', number(topic.times), number(topic.lower), number(topic.upper),
                number(topic.wanted?.times), number(topic.wanted?.lower), number(topic.wanted?.upper),
              ]),
            },
            file: `demand-by-${by}`,
          })}
    >
      {known.length === 0 ? (
        <Empty>
          {topics.length === 0 ? `No item of the last ${plural(days, 'day')} has ${BY[by]}: send them with POST /v1/items.` : `No ${by} has three items and thirty readings yet.`}
        </Empty>
      ) : (
        <Ratios
          left="read less" right="read more"
          bars={shown.map((topic) => ({ label: topic.topic, times: topic.times ?? undefined, low: topic.lower ?? undefined, high: topic.upper ?? undefined, text: `${times(topic.times)}${bounds(topic) === '' ? '' : ` (${bounds(topic)})`}` }))}
        />
      )}
    </Figure>
  );
}

function TrendFigure({ topics: { topics }, by }: { topics: Topics; by: By }) {
  const listed = topics.filter((topic) => topic.trend?.listed === true).sort((a, b) => (b.trend?.ratio ?? 0) - (a.trend?.ratio ?? 0));
  const names = (direction: string) => listed.filter((topic) => topic.trend?.direction === direction).map((topic) => topic.topic);
  const rising = names('rising');
  const fading = names('fading').reverse();
  const told = [rising.length > 0 ? `${rising[0]} rises most` : 'none rises', fading.length > 0 ? `${fading[0]} fades most` : 'none fades'];
  return (
    <Figure
      title="Rising and fading"
      caption={listed.length === 0 ? `No ${by} is read much more or less than at the same time of the days before.` : `Read now against the same time of the days before: ${told.join(', ')}.`}
      {...(listed.length === 0
        ? {}
        : { table: { head: ['Topic', 'Direction', 'Times', 'z'], rows: listed.map(({ topic, trend }) => [topic, trend?.direction ?? '', trend?.ratio ?? '', trend?.z ?? '']) }, file: `trends-by-${by}` })}
    >
      {listed.length === 0 ? (
        <Empty>Listed is what rises by half or fades by a third, beyond what chance does.</Empty>
      ) : (
        <Ratios left="fading" right="rising" bars={listed.slice(0, MOST_TOPICS).map(({ topic, trend }) => ({ label: topic, times: trend?.ratio, text: times(trend?.ratio) }))} />
      )}
    </Figure>
  );
}

const nameOf = (item: ListedContent) => item.title || item.itemId;

function RisingFigure({ items }: { items: ListedContent[] }) {
  return (
    <Figure
      title="Rising items"
      caption={items.length === 0 ? 'Items that are read more than an hour before.' : `${plural(items.length, 'item')} rising; first is what rises the most. Readers in this hour, and in the hour before.`}
      {...(items.length === 0
        ? {}
        : { table: { head: ['Item', 'Id', 'Readers', 'Before', 'Times', 'z'], rows: items.map((item) => [nameOf(item), item.itemId, item.users ?? '', item.usersBefore ?? '', item.ratio ?? '', item.z ?? '']) }, file: 'rising-items' })}
    >
      {items.length === 0 ? (
        <Empty>No item rises beyond what chance does.</Empty>
      ) : (
        <Bars bars={items.slice(0, MOST_ITEMS).map((item) => ({ key: item.itemId, label: nameOf(item), value: item.users ?? 0, text: `${count(item.users ?? 0)} (${count(item.usersBefore ?? 0)})`, family: 3 }))} />
      )}
    </Figure>
  );
}

function AttentionFigure({ items }: { items: ListedContent[] }) {
  const first = items[0];
  return (
    <Figure
      title="Holding attention"
      caption={first === undefined ? 'Items that are read the longest.' : `“${nameOf(first)}” is read for ${duration(1000 * (first.attentionSeconds ?? 0))} on average. The share is of the time that its text takes.`}
      {...(items.length === 0
        ? {}
        : {
            table: {
              head: ['Item', 'Id', 'Seconds', 'Readings', 'Expected seconds', 'Of expected', 'To ¾ or farther'],
              rows: items.map((item) => [nameOf(item), item.itemId, item.attentionSeconds ?? '', item.readings ?? '', item.expectedSeconds ?? '', item.ofExpected ?? '', item.deepShare ?? '']),
            },
            file: 'attention',
          })}
    >
      {items.length === 0 ? (
        <Empty>No item has ten readings whose length is known: pages have to send the event <code>dwell</code>, as the tracker does.</Empty>
      ) : (
        <Bars
          bars={items.slice(0, MOST_ITEMS).map((item) => ({
            key: item.itemId, label: nameOf(item), value: item.attentionSeconds ?? 0, family: 1,
            text: `${duration(1000 * (item.attentionSeconds ?? 0))}${item.ofExpected === null || item.ofExpected === undefined ? '' : ` · ${percent(item.ofExpected, 0)}`}`,
          }))}
        />
      )}
    </Figure>
  );
}

function InVainFigure({ items }: { items: ListedContent[] }) {
  return (
    <Figure
      title="Shown in vain"
      caption={items.length === 0 ? 'Items that are shown often and hardly clicked.' : `${plural(items.length, 'item')} shown at least 200 times and clicked less than half as often as others in the same places, chance considered.`}
      {...(items.length === 0
        ? {}
        : {
            table: {
              head: ['Item', 'Id', 'Shown', 'Clicks', 'Share', 'At most', 'Placement'],
              rows: items.map((item) => [nameOf(item), item.itemId, item.shown ?? '', item.clicks ?? '', item.clickRate ?? '', item.clickRateUpper ?? '', item.placementRate ?? '']),
            },
            file: 'shown-in-vain',
          })}
    >
      {items.length === 0 ? (
        <Empty>No item is.</Empty>
      ) : (
        <ol class="told">
          {items.slice(0, MOST_ITEMS).map((item) => (
            <li key={item.itemId}>
              <span class="bar-label">{nameOf(item)}</span>
              <span class="soft small number">
                {percent(item.clickRate ?? 0)} of {count(item.shown ?? 0)} clicked, at most {percent(item.clickRateUpper ?? 0)}; others {percent(item.placementRate ?? 0)}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Figure>
  );
}

const REASONS: Record<string, string> = {
  'no-region': 'Nothing is read where it is available',
  'no-text': 'It has no text to compare',
  'never-a-candidate': 'Nobody has read it yet',
  outranked: 'Others ranked higher',
};
const reasonName = (reason: string | undefined) => (reason === undefined ? 'Not known' : (REASONS[reason] ?? reason.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase())));

function NeverShown({ catalogue, items }: { catalogue: Catalogue | undefined; items: Polled<ContentList> }) {
  const reasons = catalogue?.neverShown.reasons ?? [];
  const most = [...reasons].sort((a, b) => b.count - a.count)[0];
  return (
    <Loaded of={items} what="What was never shown">
      {({ items: listed }) => (
        <Figure
          title="Never shown"
          caption={
            catalogue === undefined || catalogue.neverShown.count === 0
              ? 'Items that are available for a day or longer and were in no list.'
              : `${plural(catalogue.neverShown.count, 'item')} in no list of the last ${plural(catalogue.days, 'day')}${most === undefined ? '' : `; of most of them: ${reasonName(most.reason).toLowerCase()}`}.`
          }
          {...(listed.length === 0
            ? {}
            : { table: { head: ['Item', 'Id', 'Published', 'Why'], rows: listed.map((item) => [nameOf(item), item.itemId, item.publishedAt ?? '', reasonName(item.reason)]) }, file: 'never-shown' })}
        >
          {listed.length === 0 ? (
            <Empty>Every item was shown.</Empty>
          ) : (
            <div class="two">
              {reasons.length > 0 && <Bars bars={[...reasons].sort((a, b) => b.count - a.count).map((reason) => ({ label: reasonName(reason.reason), value: reason.count, text: count(reason.count), family: 4 }))} />}
              <ol class="told">
                {listed.slice(0, MOST_ITEMS).map((item) => (
                  <li key={item.itemId}>
                    <span class="bar-label">{nameOf(item)}</span>
                    <span class="soft small">{reasonName(item.reason)}{item.publishedAt === null || item.publishedAt === undefined ? '' : ` · published ${ago(item.publishedAt)}`}</span>
                  </li>
                ))}
              </ol>
            </div>
          )}
        </Figure>
      )}
    </Loaded>
  );
}
