import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { Drawer } from '../design/Drawer';
import { setShortcuts, shortcutsOn } from '../shortcuts';

const KEYS: readonly [string, string][] = [
  ['/', 'goes to the search: of a user on “User lookup”, of topics and items everywhere else'],
  ['← →', 'move through the values of a chart that has the focus; Home and End go to its ends'],
  ['Esc', 'empties the search, or closes a menu or a drawer'],
  ['Tab', 'goes on; the first one offers to skip to the figures'],
];

/** Tells what the keys of the dashboard do, and turns those off that have no modifier. */
export function KeysHelp({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  const [on, setOn] = useState(shortcutsOn());
  return (
    <Drawer dialog={dialog} title="Shortcuts of the dashboard">
      <dl class="keys small">
        {KEYS.map(([key, does]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{does}</dd></div>)}
      </dl>
      <label class="row small">
        <input
          type="checkbox" checked={on}
          onChange={(event) => {
            setShortcuts(event.currentTarget.checked);
            setOn(shortcutsOn());
          }}
        />
        <span>The key / goes to the search</span>
      </label>
    </Drawer>
  );
}
