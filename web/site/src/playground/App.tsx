import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Api } from '../api';
import { FamilyLegend } from '../charts/Stacked';
import { ago, plural } from '../format';
import { ThemeSwitch } from '../ThemeSwitch';
import { Cart } from './Cart';
import { changes, placesOf } from './changes';
import { KnownOfMe } from './KnownOfMe';
import { inStock, ItemDialog } from './ItemDialog';
import { takeDashboardKey } from './known';
import { RankedList } from './RankedList';
import { keptReader, mostRead, newReader, Reader, type EventFields, type ListedItem, type RecommendedList } from './reader';
import { money, theWorld, valueOf, type Action, type CatalogueItem, type World } from './world';

const COUNT = 8;
const PAGE = 12;
const MAX_READ_EVERY_MS = 5000;
const YOU = 'freshet.visitor';
const OTHER = 'freshet.visitor.other';
const ITEM = (id: string): EventFields => ({ target: { kind: 'item', id } });

/** A list with the one before what the reader did, and what that was. */
interface Shown {
  list: RecommendedList;
  before?: RecommendedList | undefined;
  did?: string | undefined;
}

/** Asks for the world, and then shows it. */
export function App({ api }: { api: Api }) {
  const [world, setWorld] = useState<World | undefined>(undefined);
  useEffect(() => {
    void theWorld().then((loaded) => {
      document.title = `${loaded.words.title}: ${loaded.words.motto}`;
      setWorld(loaded);
    });
  }, []);
  // Items appear while the demo runs; the words stay, and with them the lists that are shown.
  const again = useCallback(() => void theWorld().then(({ catalogue }) => setWorld((before) => before && { ...before, catalogue })), []);
  return world === undefined ? <main class="alone"><p class="soft">Loading…</p></main> : <Playground api={api} world={world} onUnknown={again} />;
}

function Playground({ api, world: { words, catalogue }, onUnknown }: { api: Api; world: World; onUnknown: () => void }) {
  const [section, setSection] = useState('');
  const [pages, setPages] = useState(1);
  const [readIds, setReadIds] = useState<ReadonlySet<string>>(new Set());
  const [open, setOpen] = useState<string | undefined>(undefined);
  const [yourId, setYourId] = useState(() => keptReader(YOU));
  const [otherId, setOtherId] = useState(() => keptReader(OTHER));
  const [yours, setYours] = useState<Shown | undefined>(undefined);
  const [past, setPast] = useState(false);
  const [others, setOthers] = useState<RecommendedList | undefined>(undefined);
  const [cart, setCart] = useState<readonly CatalogueItem[]>([]);
  const [popular, setPopular] = useState<ListedItem[] | undefined>(undefined);
  const [report, setReport] = useState<{ text: string; ms?: number }>({ text: words.first });
  const you = useMemo(() => new Reader(api, yourId, words.filter), [api, yourId, words]);
  const other = useMemo(() => new Reader(api, otherId, words.filter), [api, otherId, words]);
  const current = useRef<RecommendedList | undefined>(undefined);

  const byId = useMemo(() => new Map(catalogue.map((item) => [item.itemId, item])), [catalogue]);
  const known = useRef(byId);
  known.current = byId;
  const titleOf = useCallback((id: string) => byId.get(id)?.title ?? id, [byId]);
  const itemOf = useCallback((id: string) => byId.get(id), [byId]);
  const failed = useCallback((problem: unknown) => setReport({ text: (problem as Error).message }), []);

  const show = useCallback(
    (reader: Reader, list: RecommendedList, did?: string) => {
      if (list.items.some((item) => !known.current.has(item.itemId))) {
        onUnknown();
      }
      setYours({ list, before: did === undefined ? undefined : current.current, did });
      setPast(false);
      current.current = list;
      if (list.items.length > 0) {
        reader.send('impression', { items: list.items.map((item) => item.itemId), exposure: list.exposure }).catch(failed);
      }
    },
    [failed, onUnknown],
  );

  useEffect(() => void you.recommend(COUNT).then((list) => show(you, list), failed), [you, show, failed]);
  useEffect(() => void other.recommend(COUNT).then(setOthers, failed), [other, failed]);
  useEffect(() => {
    const draw = () => {
      if (document.visibilityState === 'visible') {
        mostRead(api, COUNT, words.filter).then((list) => setPopular(list.items), failed);
      }
    };
    draw();
    const timer = setInterval(draw, MAX_READ_EVERY_MS);
    return () => clearInterval(timer);
  }, [api, words, failed]);

  /** Sends an event, waits until the list reflects it, and says how the list changed. */
  const follow = useCallback(
    async (type: string, id: string, fields: EventFields = {}) => {
      try {
        const before = current.current?.items ?? [];
        const eventId = await you.send(type, { ...ITEM(id), ...fields });
        const accepted = performance.now();
        const { list, reflected } = await you.recommendReflecting(eventId, COUNT);
        const ms = Math.round(performance.now() - accepted);
        show(you, list, `${words.nouns[type] ?? type} of ${known.current.get(id)?.title ?? id}`);
        setReport(
          reflected
            ? { text: `Your ${words.nouns[type] ?? type} counted: ${changes(before, list.items)}, after`, ms }
            : { text: `Your ${words.nouns[type] ?? type} was accepted, but is not reflected yet.` },
        );
      } catch (problem) {
        failed(problem);
      }
    },
    [you, words, show, failed],
  );

  const openItem = (id: string, fromList: boolean) => {
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
  const act = (action: Action) => {
    const item = open === undefined ? undefined : byId.get(open);
    if (item === undefined) {
      return;
    }
    if (action.type === 'cart') {
      setCart((before) => [...before, item]);
    }
    const value = action.priced === true ? valueOf(item) : undefined;
    void follow(action.type, item.itemId, value === undefined ? {} : { value });
  };
  const buyAll = async () => {
    const bought = cart;
    setCart([]);
    for (const item of bought) {
      const value = valueOf(item);
      await follow('purchase', item.itemId, value === undefined ? {} : { value });
    }
  };
  const begin = (text: string) => {
    current.current = undefined;
    setReadIds(new Set());
    setCart([]);
    setYours(undefined);
    setReport({ text });
  };
  const newVisitor = () => {
    begin('You are a new visitor without any history.');
    setYourId(newReader(YOU));
  };
  const swap = () => {
    begin(words.swapped);
    localStorage.setItem(YOU, otherId);
    localStorage.setItem(OTHER, yourId);
    setYourId(otherId);
    setOtherId(yourId);
  };

  const openDashboard = (event: MouseEvent) => {
    if (!event.metaKey && !event.ctrlKey && !event.shiftKey) {
      event.preventDefault();
      void takeDashboardKey().then(() => location.assign('/dashboard/'));
    }
  };

  const sections = useMemo(() => [...new Set(catalogue.map((item) => item.section))].sort(), [catalogue]);
  const some = catalogue.filter((item) => section === '' || item.section === section);
  const reflected = yours?.list.reflects?.events ?? 0;

  return (
    <div class="page">
      <a class="skip" href="#front-page">Skip to the {words.items}</a>
      <header class="masthead stack">
        <div class="row apart">
          <p class="brand">Freshet</p>
          <div class="row">
            <a class="small" href="/dashboard/" onClick={openDashboard}>The owner’s dashboard</a>
            <ThemeSwitch />
          </div>
        </div>
        <h1>{words.title}</h1>
        <p class="soft small">{words.motto} · {new Date().toLocaleDateString('en', { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' })}</p>
        {words.otherSite !== undefined && <p class="soft small">Another site, beside this one: {words.otherSiteAt === undefined ? <code>{words.otherSite}</code> : <a href={words.otherSiteAt}>{new URL(words.otherSiteAt).host}</a>}</p>}
      </header>

      <p class="report" role="status">
        {report.text}
        {report.ms !== undefined && <> <strong class="number nowrap">{report.ms} ms</strong>.</>}
      </p>

      <main>
        <div class="lists">
          <RankedList
            id="for-you" title="For you" items={past ? yours?.before?.items : yours?.list.items} before={past || yours?.before === undefined ? undefined : placesOf(yours.before.items)}
            titleOf={titleOf} itemOf={itemOf} words={words} onOpen={(id) => openItem(id, !past)} explained
            note={yours?.before === undefined ? words.minePromise : <>
              {[true, false].map((before) => <button key={String(before)} class="chip" aria-pressed={past === before} onClick={() => setPast(before)}>{before ? 'Before' : 'After'}</button>)} your {yours.did}
            </>}
          >
            {yours !== undefined && (
              <p class="soft small number">
                Model version {yours.list.model.version} · reflects {plural(reflected, 'event')} of yours
                {yours.list.degraded ? ` · degraded: ${yours.list.degradedReasons.join(', ')}` : ''}
              </p>
            )}
            <div class="row"><button class="quiet" onClick={newVisitor}>New visitor</button></div>
          </RankedList>
          <KnownOfMe
            readerId={yourId} events={reflected} titleOf={titleOf}
            onForgotten={() => {
              begin(words.forgotten);
              setYourId(newReader(YOU));
            }}
          />
          <RankedList
            id="most-read" title={words.popular.title} note="The same for everybody; renewed every five seconds." items={popular} before={undefined}
            titleOf={titleOf} itemOf={itemOf} words={words} onOpen={(id) => openItem(id, false)} explained={false}
          />
          <RankedList
            id="other" title={words.other.title} note={words.other.note} items={others?.items}
            before={undefined} titleOf={titleOf} itemOf={itemOf} words={words} onOpen={(id) => openItem(id, false)} explained={false}
          >
            <div class="row"><button class="quiet" onClick={swap}>{words.other.button}</button></div>
          </RankedList>
        </div>
        <FamilyLegend />

        {words.actions.some((action) => action.type === 'cart') && <Cart items={cart} onBuy={() => void buyAll()} onEmpty={() => setCart([])} />}

        <section id="front-page" aria-labelledby="paper-title" tabIndex={-1}>
          <h2 id="paper-title" class="heading">{words.everything}</h2>
          <nav class="chips" aria-label={words.sections}>
            {['', ...sections].map((name) => (
              <button key={name} class="chip" aria-pressed={name === section} onClick={() => { setSection(name); setPages(1); }}>{name || 'Everything'}</button>
            ))}
          </nav>
          {catalogue.length === 0 && <p class="soft">{words.first}</p>}
          <div class="articles">
            {some.slice(0, PAGE * pages).map((item) => (
              <button key={item.itemId} class={readIds.has(item.itemId) ? 'card read' : 'card'} onClick={() => openItem(item.itemId, false)}>
                {item.picture !== undefined && <img class="picture" src={item.picture} alt="" width={96} height={96} loading="lazy" />}
                <span class="kicker">{item.section}</span>
                <span class="headline">{item.title}</span>
                <span class="begin">{item.text}</span>
                <span class="soft small">
                  {readIds.has(item.itemId) ? `${words.done} · ` : ''}
                  {item.price === undefined ? ago(item.publishedAt) : <><b class="number">{money(item.price)}</b> · {inStock(item)}</>}
                </span>
              </button>
            ))}
          </div>
          {some.length > PAGE * pages && <button class="quiet" onClick={() => setPages(pages + 1)}>More {words.items}</button>}
        </section>
      </main>

      <ItemDialog item={open === undefined ? undefined : byId.get(open)} actions={words.actions} onAction={act} onClose={closed} />
    </div>
  );
}
