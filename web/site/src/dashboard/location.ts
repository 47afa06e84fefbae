import { useCallback, useEffect, useState } from 'preact/hooks';

/** The query of the address as the state of a page: page, time range and filters can be linked to and gone back to. */
export function useQuery(): [URLSearchParams, (changes: Record<string, string | undefined>) => void] {
  const [query, setQuery] = useState(() => new URLSearchParams(location.search));
  useEffect(() => {
    const back = () => setQuery(new URLSearchParams(location.search));
    addEventListener('popstate', back);
    return () => removeEventListener('popstate', back);
  }, []);
  const change = useCallback((changes: Record<string, string | undefined>) => {
    const next = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined) {
        next.delete(name);
      } else {
        next.set(name, value);
      }
    }
    const text = next.toString();
    history.pushState(null, '', text === '' ? location.pathname : `?${text}`);
    setQuery(next);
  }, []);
  return [query, change];
}
