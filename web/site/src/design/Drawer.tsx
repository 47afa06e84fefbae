import type { ComponentChildren, RefObject } from 'preact';
import { useId } from 'preact/hooks';

interface Props {
  /** Its `showModal` opens the drawer. */
  dialog: RefObject<HTMLDialogElement | null>;
  title: string;
  onClose?: () => void;
  children: ComponentChildren;
}

/** Opens a drawer from an item of a menu, which is closed first, so that the focus goes back to its button. */
export function openFromMenu(event: Event, dialog: RefObject<HTMLDialogElement | null>): void {
  (event.currentTarget as Element).closest<HTMLElement>('[popover]')?.hidePopover();
  dialog.current?.showModal();
}

/** What is looked at beside the page. Escape, its button and a click on the page close it; the focus goes back to where it was opened. */
export function Drawer({ dialog, title, onClose, children }: Props) {
  const id = useId();
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
