import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Api } from '../api';
import { FAMILIES } from '../families';
import { ago, plural } from '../format';
import { ThemeSwitch } from '../ThemeSwitch';
import { ArticleDialog, type ReaderAction } from './ArticleDialog';
import { changes, placesOf, type Before } from './changes';
import { KnownOfMe } from './KnownOfMe';
import { newspaper, type Article } from './newspaper';
import { RankedList } from './RankedList';
import { keptReader, mostRead, newReader, Reader, type EventFields, type ListedItem, type RecommendedList } from './reader';

const COUNT = 8;
const PAGE = 12;
const MOST_READ_EVERY_MS = 5000;
const YOU = 'freshet.visitor';
const OTHER = 'freshet.visitor.other';
const ITEM = (id: string): EventFields => ({ target: { kind: 'item', id } });

/** A list with the one before, so that moves can be marked. */
interface Shown {
  list: RecommendedList;
  before: Before | undefined;
}

export function App({ api }: { api: Api }) {
  const [articles, setArticles] = useState<Article[] | undefined>(undefined);
  const [section, setSection] = useState('');
  const [pages, setPages] = useState(1);
  const [readIds, setReadIds] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<string | undefined>(undefined);
  const [yourId, setYourId] = useState(() => keptReader(YOU));
  const [otherId, setOtherId] = useState(() => keptReader(OTHER));
  const [yours, setYours] = useState<Shown | undefined>(undefined);
  const [others, setOthers] = useState<Shown | undefined>(undefined);
  const [popular, setPopular] = useState<ListedItem[] | undefined>(undefined);
  const [report, setReport] = useState<{ text: string; ms?: number }>({
    text: 'Open an article: your list changes as soon as the event is processed.',
  });
  const you = useMemo(() => new Reader(api, yourId), [api, yourId]);
  const other = useMemo(() => new Reader(api, otherId), [api, otherId]);
  const current = useRef<RecommendedList | undefined>(undefined);

  const byId = useMemo(() => new Map((articles ?? []).map((article) => [article.itemId, article])), [articles]);
  const titleOf = useCallback((id: string) => byId.get(id)?.title ?? id, [byId]);
  const failed = useCallback((problem: unknown) => setReport({ text: (problem as Error).message }), []);

  const show = useCallback(
    (reader: Reader, list: RecommendedList, first: boolean) => {
      setYours({ list, before: first || current.current === undefined ? undefined : placesOf(current.current.items) });
      current.current = list;
      if (list.items.length > 0) {
        reader.send('impression', { items: list.items.map((item) => item.itemId), exposure: list.exposure }).catch(failed);
      }
    },
    [failed],
  );

  useEffect(() => {
    newspaper().then(setArticles, () => setArticles([]));
  }, []);
  useEffect(() => {
    you.recommend(COUNT).then((list) => show(you, list, true), failed);
  }, [you, show, failed]);
  useEffect(() => {
    other.recommend(COUNT).then((list) => setOthers({ list, before: undefined }), failed);
  }, [other, failed]);
  useEffect(() => {
    const draw = () => {
      if (document.visibilityState === 'visible') {
        mostRead(api, COUNT).then((list) => setPopular(list.items), failed);
      }
    };
    draw();
    const timer = setInterval(draw, MOST_READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [api, failed]);

  /** Sends an event, waits until the list reflects it, and says how the list changed. */
  const follow = useCallback(
    async (type: string, id: string, fields: EventFields = {}) => {
      try {
        const before = current.current?.items ?? [];
        const eventId = await you.send(type, { ...ITEM(id), ...fields });
        const accepted = performance.now();
        const { list, reflected } = await you.recommendReflecting(eventId, COUNT);
        const ms = Math.round(performance.now() - accepted);
        show(you, list, false);
        setReport(
          reflected
            ? { text: `Your ${type} counted: ${changes(before, list.items)}, after`, ms }
            : { text: `Your ${type} was accepted, but is not reflected yet.` },
        );
      } catch (problem) {
        failed(problem);
      }
    },
    [you, show, failed],
  );

  const openArticle = (id: string, fromList: boolean) => {
    setReadIds((before) => new Set(before).add(id));
    const exposure = fromList ? current.current?.exposure : undefined;
    void follow('click', id, exposure === undefined ? {} : { exposure });
    if (byId.has(id)) {
      setOpen(id);
    }
  };
  const closed = (seconds: number) => {
    if (open !== undefined && seconds >= 2) {
      void follow('dwell', open, { value: seconds });
    }
    setOpen(undefined);
  };
  const begin = (text: string) => {
    current.current = undefined;
    setReadIds(new Set());
    setYours(undefined);
    setReport({ text });
  };
  const newVisitor = () => {
    begin('You are a new visitor without any history.');
    setYourId(newReader(YOU));
  };
  const swap = () => {
    begin('You read on as the other reader; what you read as the first one stays with that one.');
    localStorage.setItem(YOU, otherId);
    localStorage.setItem(OTHER, yourId);
    setYourId(otherId);
    setOtherId(yourId);
  };

  const sections = useMemo(() => [...new Set((articles ?? []).map((article) => article.section))].sort(), [articles]);
  const some = (articles ?? []).filter((article) => section === '' || article.section === section);
  const reflected = yours?.list.reflects?.events ?? 0;

  return (
    <div class="page">
      <a class="skip" href="#front-page">Skip to the articles</a>
      <header class="masthead">
        <p class="soft small">{new Date().toLocaleDateString('en', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' })}</p>
        <h1>The Freshet</h1>
        <p class="motto">A newspaper that learns while you read</p>
        <div class="row tools">
          <a href="/dashboard/">The owner’s dashboard</a>
          <ThemeSwitch />
        </div>
      </header>

      <p class="report" role="status">
        {report.text}
        {report.ms !== undefined && <> <strong class="number nowrap">{report.ms} ms</strong>.</>}
      </p>

      <main>
        <div class="lists">
          <RankedList
            id="for-you" title="For you" note="Learned from what you open, read and like here." items={yours?.list.items} before={yours?.before}
            titleOf={titleOf} onOpen={(id) => openArticle(id, true)} explained
          >
            {yours !== undefined && (
              <p class="soft small number">
                Model version {yours.list.model.version} · reflects {plural(reflected, 'event')} of yours
                {yours.list.degraded ? ` · degraded: ${yours.list.degradedReasons.join(', ')}` : ''}
              </p>
            )}
            <div class="row"><button class="quiet" onClick={newVisitor}>New visitor</button></div>
          </RankedList>
          <RankedList
            id="most-read" title="Most read" note="The same for everybody; renewed every five seconds." items={popular} before={undefined}
            titleOf={titleOf} onOpen={(id) => openArticle(id, false)} explained={false}
          />
          <RankedList
            id="other" title="Another reader" note="A second anonymous reader of this browser, with a history of its own." items={others?.list.items}
            before={undefined} titleOf={titleOf} onOpen={(id) => openArticle(id, false)} explained={false}
          >
            <div class="row"><button class="quiet" onClick={swap}>Read as this one</button></div>
          </RankedList>
        </div>
        <ul class="legend" aria-label="Colours of the bars">
          {FAMILIES.map((family, at) => (
            <li key={family.name}><span class={`swatch family-${at + 1}`} />{family.name}</li>
          ))}
        </ul>

        <section id="front-page" aria-labelledby="paper-title" tabIndex={-1}>
          <h2 id="paper-title" class="rule">Front page</h2>
          <nav class="sections" aria-label="Sections">
            {['', ...sections].map((name) => (
              <button key={name} aria-pressed={name === section} onClick={() => { setSection(name); setPages(1); }}>{name || 'Everything'}</button>
            ))}
          </nav>
          {articles?.length === 0 && <p class="soft">There is no newspaper here yet; ./freshet demo publishes one.</p>}
          <div class="articles">
            {some.slice(0, PAGE * pages).map((article) => (
              <button key={article.itemId} class={readIds.has(article.itemId) ? 'card read' : 'card'} onClick={() => openArticle(article.itemId, false)}>
                <span class="kicker">{article.section}</span>
                <span class="headline">{article.title}</span>
                <span class="begin">{article.text}</span>
                <span class="soft small">{readIds.has(article.itemId) ? 'Read · ' : ''}{ago(article.publishedAt)}</span>
              </button>
            ))}
          </div>
          {some.length > PAGE * pages && <button class="quiet" onClick={() => setPages(pages + 1)}>More articles</button>}
        </section>

        <KnownOfMe
          readerId={yourId}
          titleOf={titleOf}
          onForgotten={() => {
            begin('You were forgotten, and read on as a new visitor.');
            setYourId(newReader(YOU));
          }}
        />
      </main>

      <ArticleDialog article={open === undefined ? undefined : byId.get(open)} onAction={(action: ReaderAction) => open !== undefined && void follow(action, open)} onClose={closed} />
    </div>
  );
}
