import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Api } from '../api';
import { Ratios } from '../charts/Ratios';
import { count, duration, percent, plural, wholePercent } from '../format';
import type { Catalogue, ContentList, ItemOrder, ListedContent, Ratio, Segments, Topics, Trending } from './answers';
import { Big } from './Big';
import { Figure, Loaded } from './Figure';
import { LakePanel } from './LakePanel';
import { clockText, DAY, ZONE } from '../charts/scale';
import type { Period } from './period';
import { usePolled, type Polled } from './polled';
import { withText } from './search';
import { contentSummary, ratioText, sentenceCase, times } from './summary';

const EVERY_MS = 30_000;
const BY = { tag: 'tags', author: 'authors', type: 'types' } as const;
const BY_MANY = { tag: 'Tags', author: 'Authors', type: 'Types' } as const;
type By = keyof typeof BY;

/** Topics and items that a chart has room for; the table has all that were answered. */
const MAX_TOPICS = 14;
const MAX_ITEMS = 6;

/** Items that a table has; files have all. */
const LISTED = 50;

/** The file with all items of an order. */
const itemsFile = (name: string, order: ItemOrder) => [{ name, path: `/v1/insights/items?order=${order}&limit=100` }];

const POPULAR = '/v1/insights/trending?scope=all&window=PT1H';

interface Props {
  api: Api;
  period: Period;
  query: URLSearchParams;
  change: (changes: Record<string, string | undefined>) => void;
  /** Whether the page was opened to search in it; the page sets it back. */
  searching: RefObject<boolean>;
}

/** What users want against what is published, what rises and fades, and what of the catalogue is seen. */
export function ContentPage({ api, period, query, change, searching }: Props) {
  const [text, setText] = useState(query.get('find') ?? '');
  const days = (period.days.to - period.days.from) / DAY;
  const by: By = (query.get('by') ?? '') in BY ? (query.get('by') as By) : 'tag';
  const country = /^[A-Z]{2}$/.test(query.get('country') ?? '') ? `&country=${query.get('country')}` : '';
  const topicsPath = `/v1/insights/topics?by=${by}&days=${days}${country}`;
  const topics = usePolled<Topics>(api, topicsPath, EVERY_MS);
  const catalogue = usePolled<Catalogue>(api, '/v1/insights/catalogue', EVERY_MS);
  const segments = usePolled<Segments>(api, '/v1/segments', EVERY_MS);
  const list = (order: ItemOrder) => `/v1/insights/items?order=${order}&limit=${LISTED}`;
  const found = (items: ListedContent[]) => withText(items, text, (item) => [item.title, item.itemId, ...(item.tags ?? [])]);
  const chosen = (value: Topics): Topics => ({ ...value, topics: withText(value.topics, text, (topic) => [topic.topic]) });
  const attention = usePolled<ContentList>(api, list('attention'), EVERY_MS);
  const rising = usePolled<ContentList>(api, list('rising'), EVERY_MS);
  const neverShown = usePolled<ContentList>(api, list('never-shown'), EVERY_MS);
  const inVain = usePolled<ContentList>(api, list('shown-in-vain'), EVERY_MS);
  const popular = usePolled<Trending>(api, POPULAR, EVERY_MS);
  const sentence = contentSummary(topics.value, catalogue.value);
  return (
    <>
      {sentence !== '' && <p class="summary" role="status">{sentence}</p>}
      <Filters by={by} country={query.get('country') ?? ''} change={change}>
        <Search text={text} searching={searching} onText={setText} onDone={() => change({ find: text.trim() === '' ? undefined : text.trim() })} />
      </Filters>
      <Loaded of={catalogue} what="The catalogue">{(value) => <CatalogueFigures catalogue={value} />}</Loaded>
      <div class="columns">
        <div class="stacked-panels">
          <Loaded of={topics} what="Topics">{(value) => <DemandFigure topics={chosen(value)} by={by} path={topicsPath} text={text} />}</Loaded>
          <Loaded of={attention} what="What holds attention">{({ items }) => <AttentionFigure items={found(items)} text={text} />}</Loaded>
          <Loaded of={popular} what="What is popular">{({ items, from }) => <PopularFigure items={withText(items, text, (item) => [item.title, item.itemId])} from={from} />}</Loaded>
        </div>
        <div class="stacked-panels">
          {topics.value !== undefined && <TrendFigure topics={chosen(topics.value)} by={by} path={topicsPath} text={text} />}
          <Loaded of={rising} what="Rising items">{({ items }) => <RisingFigure items={found(items)} text={text} />}</Loaded>
          <Loaded of={inVain} what="What underperforms">{({ items }) => <InVainFigure items={found(items)} text={text} />}</Loaded>
        </div>
      </div>
      <Loaded of={segments} what="Segments of users">{(value) => <SegmentsFigure segments={value} />}</Loaded>
      <NeverShown catalogue={catalogue.value} items={neverShown} found={found} text={text} />
      <LakePanel api={api} asked={query.get('lake') ?? undefined} />
    </>
  );
}

interface FilterProps {
  by: By;
  country: string;
  change: Props['change'];
  children: ComponentChildren;
}

/** What is said in place of a list without entries: another thing where some are searched for. */
const none = (list: readonly unknown[], text: string, why: ComponentChildren) => list.length === 0 && (text.trim() === '' ? why : `Nothing here has “${text.trim()}” in it.`);

interface SearchProps {
  text: string;
  searching: RefObject<boolean>;
  onText: (text: string) => void;
  /** Called when the text is as it is meant to be. */
  onDone: () => void;
}

/** Narrows the page to topics and items with a text. */
function Search({ text, searching, onText, onDone }: SearchProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (searching.current === true) {
      searching.current = false;
      field.current?.focus();
    }
  }, [searching]);
  return (
    <label class="row small">
      <span class="soft">Find</span>
      <input
        type="search" data-search aria-keyshortcuts="/" aria-describedby="find-hint" ref={field} value={text} maxLength={100} placeholder="topic or item" spellcheck={false} autocomplete="off"
        onInput={(event) => onText(event.currentTarget.value)} onChange={onDone}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault();
            onText('');
          }
        }}
      />
      <span id="find-hint" class="unseen">Searches the topics, and the first {LISTED} items of each list.</span>
    </label>
  );
}

function Filters({ by, country, change, children }: FilterProps) {
  return (
    <div class="row filters">
      <label class="row small">
        <span class="soft">Topics are</span>
        <select value={by} onChange={(event) => change({ by: event.currentTarget.value })}>
          {Object.entries(BY).map(([value, name]) => <option key={value} value={value}>{name}</option>)}
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
      {children}
    </div>
  );
}

function CatalogueFigures({ catalogue }: { catalogue: Catalogue }) {
  const { coverage, shown, available, neverShown, topShare, gini, timeToFirstShowing: first, days } = catalogue;
  return (
    <dl class="figures">
      <Big name="Catalogue shown" value={coverage === null ? '–' : sentenceCase(wholePercent(coverage))} note={`${count(shown)} of ${plural(available, 'item')} that are available, in ${plural(days, 'day')}`} />
      <Big name="Never shown" value={count(neverShown.count)} note={available === 0 ? 'No item is available.' : neverShown.count === 0 ? 'Every item was that is a day old.' : `${wholePercent(neverShown.count / available)} of what is available, each a day old or older`} />
      <Big
        name="The top 1 % has" value={topShare === null ? '–' : wholePercent(topShare)}
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

interface TopicsProps {
  topics: Topics;
  by: By;
  /** Where the topics are from. */
  path: string;
  /** What is searched for. */
  text: string;
}

/** 2 are above, none is below. */
const areOrIs = (number: number, which: string) => `${number === 0 ? 'none' : number} ${number < 2 ? 'is' : 'are'} ${which}`;

function DemandFigure({ topics: { topics, days }, by, path, text }: TopicsProps) {
  const known = topics.filter((topic) => topic.times !== null).sort((a, b) => (b.times ?? 0) - (a.times ?? 0));
  const shown = known.length <= MAX_TOPICS ? known : [...known.slice(0, MAX_TOPICS / 2), ...known.slice(-MAX_TOPICS / 2)];
  const above = known.filter((topic) => (topic.lower ?? 0) > 1).length;
  const below = known.filter((topic) => (topic.upper ?? 2) < 1).length;
  const number = (value: number | null | undefined) => value ?? '';
  return (
    <Figure
      title="Demand against supply"
      caption={
        known.length === 0
          ? 'The share of each topic in what users choose, over its share in what is published.'
          : topics.length === 1 && text.trim() === ''
            ? `There is one ${by}, which has all of the demand and all of the supply.`
            : `Of ${plural(known.length, by)}, ${areOrIs(above, 'above')} and ${areOrIs(below, 'below')} 1 × beyond chance.`
      }
      how={`The share of a topic in what users choose over its share in what was published in ${plural(days, 'day')}, of topics with a demand of 30 and a supply of 3 or more. Lines are 95 % intervals.${known.length > shown.length ? ` Drawn are the ${MAX_TOPICS / 2} highest and the ${MAX_TOPICS / 2} lowest.` : ''}`}
      table={{
        head: ['Topic', 'Published', 'Chosen', 'Times', 'From', 'To', 'Clicked against shown', 'From', 'To'],
        rows: topics.map((topic) => [
          topic.topic, topic.supply, topic.demand ?? 'few', number(topic.times), number(topic.lower), number(topic.upper),
          number(topic.wanted?.times), number(topic.wanted?.lower), number(topic.wanted?.upper),
        ]),
      }}
      file={[{ name: `demand-by-${by}`, path }]}
      empty={none(known, text, topics.length === 0 ? `No item of the last ${plural(days, 'day')} has ${BY[by]}: send them with POST /v1/items.` : `No ${by} has three items and thirty interactions yet.`)}
    >
      <Ratios
        left="less demand" right="more demand"
        bars={shown.map((topic) => ({ label: topic.topic, times: topic.times ?? undefined, low: topic.lower ?? undefined, high: topic.upper ?? undefined, text: `${times(topic.times)}${bounds(topic) === '' ? '' : ` (${bounds(topic)})`}` }))}
      />
    </Figure>
  );
}

function TrendFigure({ topics: { topics }, by, path, text }: TopicsProps) {
  const listed = topics.filter((topic) => topic.trend?.listed === true).sort((a, b) => (b.trend?.ratio ?? 0) - (a.trend?.ratio ?? 0));
  const names = (direction: string) => listed.filter((topic) => topic.trend?.direction === direction).map((topic) => topic.topic);
  const rising = names('rising');
  const fading = names('fading').reverse();
  const told = [rising.length > 0 ? `${rising[0]} rises most` : 'none rises', fading.length > 0 ? `${fading[0]} fades most` : 'none fades'];
  return (
    <Figure
      title="Rising and fading"
      caption={listed.length === 0 ? `${BY_MANY[by]} that are in more or less demand than at the same time of the days before.` : `In the last closed ${path.includes('country=') ? 'day' : 'hour'}, ${told.join(', ')}.`}
      how="Demand against that of the same time of up to seven days before, from 1.5 times on, where it is a discovery at 10 % over all topics (Benjamini–Hochberg)."
      table={{ head: ['Topic', 'Direction', 'Times', 'z'], rows: listed.map(({ topic, trend }) => [topic, trend?.direction ?? '', trend?.ratio ?? '', trend?.z ?? '']) }} file={[{ name: `trends-by-${by}`, path }]}
      empty={none(listed, text, `No ${by} rises by half or fades by a third beyond what chance does. Known from the second day on.`)}
    >
      <Ratios left="fading" right="rising" bars={listed.slice(0, MAX_TOPICS).map(({ topic, trend }) => ({ label: topic, times: trend?.ratio, text: times(trend?.ratio) }))} />
    </Figure>
  );
}

const nameOf = (item: ListedContent) => item.title || item.itemId;

interface ItemsProps {
  items: ListedContent[];
  /** What is searched for. */
  text: string;
}

/** 3 items; of a list with as many as a table has, the first 50 items. */
const itemsIn = (items: ListedContent[]) => (items.length < LISTED ? plural(items.length, 'item') : `The first ${LISTED} items`);

/** The items with the most users in this hour. */
function PopularFigure({ items, from }: { items: Trending['items']; from: string | undefined }) {
  return (
    <Figure
      title="Most popular in this hour" caption={items.length === 0 ? 'The items with the most users.' : `Users since ${from === undefined ? '' : `${clockText(Date.parse(from))} ${ZONE}`}; from five users on.`}
      table={{ head: ['Item', 'Id', 'Users', 'Hour before'], rows: items.map((item) => [item.title ?? item.itemId, item.itemId, item.users, item.usersBefore]) }} brief={{ columns: [0, 2, 3], bar: 2, most: MAX_ITEMS }}
      file={[{ name: 'most-popular', path: POPULAR }]} empty={items.length === 0 && 'No item had five users in this hour.'}
    />
  );
}

function RisingFigure({ items, text }: ItemsProps) {
  return (
    <Figure
      title="Rising items" caption={items.length === 0 ? 'Items with more users than in the hour before.' : `${itemsIn(items)} with more users than chance gives.`}
      table={{ head: ['Item', 'Id', 'Users', 'Hour before', 'Times', 'z'], rows: items.map((item) => [nameOf(item), item.itemId, item.users, item.usersBefore, item.ratio, item.z]) }} brief={{ columns: [0, 2, 3], bar: 2, most: MAX_ITEMS }}
      file={itemsFile('rising-items', 'rising')} empty={none(items, text, 'No item rises beyond what chance does.')}
    />
  );
}

function AttentionFigure({ items, text }: ItemsProps) {
  return (
    <Figure
      title="Holding attention" caption="Items that users stay with the longest, on average." how="Mean reading time, at most 300 s, of items with ten readings or more. The share is of the time that the text takes to read."
      table={{
        head: ['Item', 'Id', { name: 'Read for', text: (value) => duration(1000 * value) }, 'Readings', 'Expected seconds', { name: 'Of expected', text: (value) => percent(value, 0) }, { name: 'To ¾ or farther', text: (value) => percent(value, 0) }],
        rows: items.map((item) => [nameOf(item), item.itemId, item.attentionSeconds, item.readings, item.expectedSeconds, item.ofExpected, item.deepShare]),
      }}
      brief={{ columns: [0, 2, 5], bar: 2, most: MAX_ITEMS }} file={itemsFile('attention', 'attention')}
      empty={none(items, text, <>No item has ten readings whose length is known: pages have to send the event <code>dwell</code>, as the tracker does.</>)}
    />
  );
}

/** A share of showings that were clicked. */
const RATE = { name: 'Clicked', text: (value: number) => percent(value) };

function InVainFigure({ items, text }: ItemsProps) {
  return (
    <Figure
      title="Underperforming" caption={items.length === 0 ? 'Items that are shown often and hardly clicked.' : `${itemsIn(items)} clicked less than half as often as others.`}
      how="Items shown at least 200 times whose share of clicks is surely, by the upper end of its interval, below half of that of others in the same places."
      table={{
        head: ['Item', 'Id', 'Shown', 'Clicks', RATE, { ...RATE, name: 'At most' }, { ...RATE, name: 'Others' }],
        rows: items.map((item) => [nameOf(item), item.itemId, item.shown, item.clicks, item.clickRate, item.clickRateUpper, item.placementRate]),
      }}
      brief={{ columns: [0, 2, 4, 6], bar: 2, most: MAX_ITEMS }} file={itemsFile('shown-in-vain', 'shown-in-vain')} empty={none(items, text, 'No item was shown 200 times and clicked less than half as often as others.')}
    />
  );
}

/** Groups of users of alike tastes, with what they take more of than others do. */
function SegmentsFigure({ segments: { people, drawn, segments } }: { segments: Segments }) {
  const told = (tags: Segments['segments'][number]['tags']) => tags.map(({ tag, lift }) => `${tag} ${times(lift)}`).join(', ');
  return (
    <Figure
      title="Segments of users" caption={segments.length === 0 ? 'Groups of users of alike tastes.' : `${plural(segments.length, 'group')} of alike tastes among ${plural(people, 'user')}.`}
      how={`Drawn from a sample of users on ${drawn ?? '–'} (UTC), by their vectors; of ten users or more.`}
      table={{ head: ['Segment', 'Id', 'Users', { name: 'Share', text: wholePercent }, 'Takes more of'], rows: segments.map((one) => [one.name, one.id, one.people, one.share, told(one.tags)]) }} brief={{ columns: [0, 3, 4], bar: 3 }} file="segments"
      empty={segments.length === 0 && 'No group of ten users or more yet; they are drawn once a day.'}
    />
  );
}

const REASONS: Record<string, string> = {
  'no-region': 'Nobody is active where it is available',
  'no-text': 'It has no text to compare',
  'never-a-candidate': 'Nobody has chosen it yet',
  outranked: 'Others ranked higher',
};
const reasonName = (reason: string | undefined) => (reason === undefined ? 'Not known' : (REASONS[reason] ?? reason.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase())));

interface NeverShownProps {
  catalogue: Catalogue | undefined;
  items: Polled<ContentList>;
  found: (items: ListedContent[]) => ListedContent[];
  text: string;
}

function NeverShown({ catalogue, items, found, text }: NeverShownProps) {
  const reasons = catalogue?.neverShown.reasons ?? [];
  return (
    <Loaded of={items} what="What was never shown">
      {({ items: all }) => {
        const listed = found(all);
        return (
          <div class="columns">
            <Figure
              title="Never shown" caption={catalogue === undefined || catalogue.neverShown.count === 0 ? 'Items that are available for a day or longer and were in no list.' : `${plural(catalogue.neverShown.count, 'item')} in no list of the last ${plural(catalogue.days, 'day')}.`}
              table={{ head: ['Item', 'Id', 'Published', 'Why'], rows: listed.map((item) => [nameOf(item), item.itemId, item.publishedAt?.slice(0, 10), reasonName(item.reason)]) }} brief={{ columns: [0, 2, 3], most: MAX_ITEMS }}
              file={itemsFile('never-shown', 'never-shown')} empty={none(listed, text, 'Every item was shown that is available for a day or longer.')}
            />
            <Figure
              title="Why no list had them" caption="The first reason that holds of each." table={{ head: ['Reason', 'Items'], rows: [...reasons].sort((a, b) => b.count - a.count).map((reason) => [reasonName(reason.reason), reason.count]) }}
              brief={{ columns: [0, 1], bar: 1 }} file="reasons" empty={reasons.length === 0 && 'There is nothing to explain.'}
            />
          </div>
        );
      }}
    </Loaded>
  );
}
