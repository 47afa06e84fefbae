import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { Keys } from './key';

/** The dialog that asks for a key; it cannot be left without one, because the page can do nothing without. */
export function KeyDialog({ keys, children }: { keys: Keys; children: ComponentChildren }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [why, setWhy] = useState(keys.asked);
  const [fault, setFault] = useState('');

  useEffect(() => {
    // A key may have been asked for before this listens.
    setWhy(keys.asked);
    return keys.onChange(() => setWhy(keys.asked));
  }, [keys]);
  useEffect(() => {
    if (why === undefined) {
      dialog.current?.close();
    } else if (dialog.current?.open === false) {
      dialog.current.showModal();
    }
  }, [why]);

  const enter = (event: Event) => {
    event.preventDefault();
    setFault(keys.enter(input.current?.value.trim() ?? ''));
  };

  return (
    <dialog ref={dialog} aria-labelledby="key-title" onCancel={(event) => event.preventDefault()}>
      <form class="stack key-form" onSubmit={enter}>
        <h2 id="key-title">Enter a key</h2>
        <p>{children}</p>
        <label for="key-input">Key</label>
        <input id="key-input" ref={input} autocomplete="off" spellcheck={false} required aria-describedby="key-fault" />
        <p id="key-fault" class="fault" role="alert">{fault || why || ''}</p>
        <button class="primary" type="submit">Continue</button>
      </form>
    </dialog>
  );
}
