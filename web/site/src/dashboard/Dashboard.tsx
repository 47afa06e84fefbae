import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Api } from '../api';
import { chooseZone, clockText, DAY, dayText, HOUR, LOCAL_ZONE, stampText, ZONE } from '../charts/scale';
import { Copy } from '../design/Command';
import { closeMenu, Menu } from '../design/Menu';
import { onKeys } from '../shortcuts';
import { ThemeSwitch } from '../ThemeSwitch';
import { useAge } from './age';
import { ExperimentsPage } from './ExperimentsPage';
import { ApiContext } from './Figure';
import { HomePage } from './HomePage';
import { KeysHelp } from './KeysHelp';
import { later } from './Later';
import { Link, LocationContext, useQuery } from './location';
import { OutcomesPage } from './OutcomesPage';
import { periodOf, type PeriodName } from './period';
import { PeriodControl } from './PeriodControl';

interface Place {
  name: string;
  /** A name that fits below a phone's page. */
  short?: string;
  /** The periods that its sums have, the shortest first. */
  periods: readonly PeriodName[];
  /** Whether it is compared with the period before. */
  compared?: boolean;
}

const PAGES = {
  home: { name: 'Home', periods: ['24h', '7d', '28d', 'dates'], compared: true },
  outcomes: { name: 'Outcomes', periods: ['today', '7d', '28d', 'dates'], compared: true },
  experiments: { name: 'Experiments', periods: [] },
  content: { name: 'Content', periods: ['24h', '7d'] },
  model: { name: 'Model and flow', short: 'Model', periods: ['24h', '7d', 'dates'] },
  user: { name: 'User lookup', short: 'User', periods: [] },
} as const satisfies Record<string, Place>;
type Page = keyof typeof PAGES;

const ContentPage = later('Content', () => import('./ContentPage').then((script) => script.ContentPage));
const ModelPage = later('Model and flow', () => import('./ModelPage').then((script) => script.ModelPage));
const UserPage = later('User lookup', () => import('./UserPage').then((script) => script.UserPage));

export function Dashboard({ api }: { api: Api }) {
  const place = useQuery();
  const { query, change } = place;
  const asked = query.get('page') ?? 'home';
  const page: Page = asked in PAGES ? (asked as Page) : 'home';
  const { name, periods, compared = false }: Place = PAGES[page];
  const period = useMemo(() => periodOf(query, Date.now(), periods), [page, query.get('period'), query.get('from'), query.get('to'), Math.floor(Date.now() / HOUR)]);

  const first = useRef(true);
  useEffect(() => {
    document.title = `${name} – Freshet dashboard`;
    if (!first.current && !searching.current) {
      document.getElementById('content')?.focus();
    }
    first.current = false;
  }, [name]);

  const searching = useRef(false);
  useEffect(
    () =>
      onKeys({
        '/': () => {
          if (!focusSearch()) {
            // The page with a search of what all others show; it has the focus once it is there.
            searching.current = true;
            change({ page: 'content' });
          }
        },
      }),
    [change],
  );

  const keys = useRef<HTMLDialogElement>(null);
  return (
    <ApiContext.Provider value={api}>
      <LocationContext.Provider value={place}>
        <a class="skip" href="#content">Skip to the figures</a>
        <header class="frame">
          <div class="frame-row">
            <p class="brand">Freshet</p>
            <nav class="tabs" aria-label="Pages">
              {(Object.entries(PAGES) as [Page, Place][]).map(([key, one]) => (
                <Link key={key} to={{ page: key === 'home' ? undefined : key }} current={key === page ? 'page' : undefined}>
                  {one.short === undefined ? one.name : <><span class="long">{one.name}</span><span class="short" aria-hidden="true">{one.short}</span></>}
                </Link>
              ))}
            </nav>
            <Menu label="Settings">
              <ThemeSwitch />
              {LOCAL_ZONE !== 'UTC' && (
                <label class="row small">
                  <span class="soft">Hours in</span>
                  <select value={ZONE} onChange={(event) => chooseZone(event.currentTarget.value)}>{['UTC', LOCAL_ZONE].map((zone) => <option key={zone}>{zone}</option>)}</select>
                </label>
              )}
              <Copy text={() => location.href} label="Copy a link to this view" done="Copied. Who opens it is asked for a key." />
              <button data-closes onClick={() => print()}>Print this page</button>
              <button aria-haspopup="dialog" onClick={(event) => { closeMenu(event); keys.current?.showModal(); }}>Shortcuts</button>
            </Menu>
          </div>
        </header>
        <KeysHelp dialog={keys} />
        <div class="dashboard">
          <main id="content" tabIndex={-1}>
            <div class="page-head">
              <h1>{name}</h1>
              {periods.length > 0 && <PeriodControl period={period} known={periods} compared={compared} />}
              <DataAge />
            </div>
            {page === 'home' && <HomePage api={api} period={period} query={query} change={change} />}
            {page === 'outcomes' && <OutcomesPage api={api} period={period} query={query} change={change} />}
            {page === 'experiments' && <ExperimentsPage api={api} query={query} change={change} />}
            {page === 'content' && <ContentPage api={api} period={period} query={query} change={change} searching={searching} />}
            {page === 'model' && <ModelPage api={api} period={period} query={query} change={change} />}
            {page === 'user' && <UserPage />}
          </main>
        </div>
      </LocationContext.Provider>
    </ApiContext.Provider>
  );
}

/** Up to which event the figures know, or since when they are not renewed. */
function DataAge() {
  const { event, asked, failing } = useAge();
  const text = (at: number) => (Date.now() - at < DAY ? `${stampText(at).slice(11)} ${ZONE}` : `${dayText(at)}, ${clockText(at)} ${ZONE}`);
  return failing !== undefined
    ? <p class="age warn small"><span aria-hidden="true">! </span>Not renewed since {text(failing)}</p>
    : asked !== undefined && <p class="age soft small">{event === undefined ? `Asked at ${text(asked)}` : `Events up to ${text(event)}`}</p>;
}

/** Puts the focus into the search of the page at hand. Returns whether it has one. */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('main input[data-search]');
  field?.focus();
  field?.select();
  return field !== null;
}
