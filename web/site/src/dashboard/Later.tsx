import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Failed } from '../design/states';

/** A page whose script is loaded when it is first opened. */
export function later<P extends object>(name: string, load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | undefined;
  return function Later(props: P) {
    const [page, setPage] = useState<{ is: ComponentType<P> } | undefined>(loaded === undefined ? undefined : { is: loaded });
    const [failed, setFailed] = useState(false);
    useEffect(() => {
      if (loaded === undefined) {
        load().then(
          (is) => {
            loaded = is;
            setPage({ is });
          },
          () => setFailed(true),
        );
      }
    }, []);
    if (failed) {
      return (
        <Failed what={`The page ${name} could not be loaded.`} retry={{ label: 'Load the dashboard again', run: () => location.reload() }}>
          The server cannot be reached, or has a newer version since.
        </Failed>
      );
    }
    return page === undefined ? <p class="unseen" role="status">Loading the page {name}…</p> : <page.is {...props} />;
  };
}
