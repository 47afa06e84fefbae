import { createContext, type ComponentChildren } from 'preact';
import { useCallback, useContext, useEffect, useState } from 'preact/hooks';

export type Changes = Record<string, string | undefined>;

/** What stays when another page is opened. */
const KEPT = ['period', 'from', 'to'];

interface Location {
  query: URLSearchParams;
  /** Changes some parameters of the address. */
  change: (changes: Changes) => void;
}

export const LocationContext = createContext<Location>({ query: new URLSearchParams(), change: () => undefined });

/** The query of the address as the state of a page: page, period and filters can be linked to and gone back to. */
export function useQuery(): Location {
  const [query, setQuery] = useState(() => new URLSearchParams(location.search));
  useEffect(() => {
    const back = () => setQuery(new URLSearchParams(location.search));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const change = useCallback((changes: Changes) => {
    const next = changed(new URLSearchParams(location.search), changes);
    history.pushState(null, '', addressOf(next));
    setQuery(next);
  }, []);
  return { query, change };
}

/** A query with some parameters changed; of one that names another page, only the period stays. */
function changed(query: URLSearchParams, changes: Changes): URLSearchParams {
  const next = new URLSearchParams('page' in changes ? [...query].filter(([name]) => KEPT.includes(name)) : query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) {
      next.delete(name);
    } else {
      next.set(name, value);
    }
  }
  return next;
}

const addressOf = (query: URLSearchParams) => (query.size === 0 ? location.pathname : `?${query}`);

interface LinkProps {
  to: Changes;
  class?: string;
  /** What it is the current one of. */
  current?: 'page' | 'true' | undefined;
  children: ComponentChildren;
}

/** A link to another view of the dashboard, which can be opened in another tab, too. */
export function Link({ to, current, children, class: look }: LinkProps) {
  const { query, change } = useContext(LocationContext);
  const follow = (event: MouseEvent) => {
    if (!event.metaKey && !event.ctrlKey && !event.shiftKey && event.button === 0) {
      event.preventDefault();
      change(to);
    }
  };
  const href = addressOf(changed(query, to));
  return <a class={look} href={href.startsWith('?') ? href : '?'} aria-current={current} onClick={follow}>{children}</a>;
}
