import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useId } from 'preact/hooks';

interface Props {
  /** Its `showModal` opens the drawer. */
  dialog: RefObject<HTMLDialogElement | null>;
  title: string;
  /** Whether it is open as soon as it is there. */
  opened?: boolean;
  onClose?: () => void;
  children: ComponentChildren;
}

/** What is looked at beside the page. Escape, its button and a click on the page close it; the focus goes back to where it was opened. */
export function Drawer({ dialog, title, opened = false, onClose, children }: Props) {
  const id = useId();
  useEffect(() => {
    if (opened) {
      dialog.current?.showModal();
    }
  }, [opened, dialog]);
  return (
    <dialog ref={dialog} class="drawer" aria-labelledby={id} onClose={() => onClose?.()} onClick={(event) => event.target === dialog.current && dialog.current?.close()}>
      <div class="stack">
        <form method="dialog" class="head">
          <h2 id={id}>{title}</h2>
          <button class="plain" aria-label="Close" title="Close">✕</button>
        </form>
        {children}
      </div>
    </dialog>
  );
}
