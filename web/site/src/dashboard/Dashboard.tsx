import { useEffect, useRef } from 'preact/hooks';
import type { Api } from '../api';
import { ThemeSwitch } from '../ThemeSwitch';
import { onKeys } from '../shortcuts';
import { ExperimentsPage } from './ExperimentsPage';
import { ApiContext } from './Figure';
import { KeysHelp } from './KeysHelp';
import { later } from './Later';
import { useQuery } from './location';
import { NowPage } from './NowPage';
import { OutcomesPage } from './OutcomesPage';

const PAGES = { now: 'Now', outcomes: 'Outcomes', experiments: 'Experiments', content: 'Content', model: 'Model and flow', user: 'User lookup' } as const;
/** Names that fit below a phone's page. */
const SHORT: Partial<Record<Page, string>> = { experiments: 'Tests', model: 'Model', user: 'User' };
type Page = keyof typeof PAGES;

const ContentPage = later('Content', () => import('./ContentPage').then((script) => script.ContentPage));
const ModelPage = later('Model and flow', () => import('./ModelPage').then((script) => script.ModelPage));
const UserPage = later('User lookup', () => import('./UserPage').then((script) => script.UserPage));

export function Dashboard({ api }: { api: Api }) {
  const [query, change] = useQuery();
  const asked = query.get('page') ?? 'now';
  const page: Page = asked in PAGES ? (asked as Page) : 'now';

  useEffect(() => {
    document.title = `${PAGES[page]} – Freshet dashboard`;
  }, [page]);

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

  const go = (event: MouseEvent, next: Page) => {
    if (!event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      change({ page: next === 'now' ? undefined : next });
      document.getElementById('content')?.focus();
    }
  };
  return (
    <ApiContext.Provider value={api}>
      <div class="dashboard">
        <a class="skip" href="#content">Skip to the figures</a>
        <header class="row apart">
          <p class="brand">Freshet</p>
          <div class="row">
            <KeysHelp />
            <ThemeSwitch />
          </div>
        </header>
        <nav class="tabs" aria-label="Pages">
          {(Object.keys(PAGES) as Page[]).map((name) => (
            <a key={name} href={name === 'now' ? '?' : `?page=${name}`} aria-current={name === page ? 'page' : undefined} onClick={(event) => go(event, name)}>
              {SHORT[name] === undefined ? PAGES[name] : <><span class="long">{PAGES[name]}</span><span class="short" aria-hidden="true">{SHORT[name]}</span></>}
            </a>
          ))}
        </nav>
        <main id="content" tabIndex={-1}>
          <h1>{PAGES[page]}</h1>
          {page === 'now' && <NowPage api={api} />}
          {page === 'outcomes' && <OutcomesPage api={api} query={query} change={change} />}
          {page === 'experiments' && <ExperimentsPage api={api} query={query} change={change} />}
          {page === 'content' && <ContentPage api={api} query={query} change={change} searching={searching} />}
          {page === 'model' && <ModelPage api={api} query={query} change={change} />}
          {page === 'user' && <UserPage />}
        </main>
      </div>
    </ApiContext.Provider>
  );
}

/** Puts the focus into the search of the page at hand. Returns whether it has one. */
function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>('main input[data-search]');
  field?.focus();
  field?.select();
  return field !== null;
}
