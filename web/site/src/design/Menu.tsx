import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/**
 * A button with what can be done beside what is shown. The browser closes it on Escape and on a click elsewhere, and gives the focus back; an item with
 * `data-closes` closes it too.
 */
export function Menu({ label, children }: { label: string; children: ComponentChildren }) {
  const id = useId();
  return (
    <div>
      <button class="plain" popovertarget={id} aria-label={label} title={label}>•••</button>
      <div
        id={id} popover="auto" class="menu-items" role="group" aria-label={label}
        onClick={(event) => (event.target as Element).closest('[data-closes]') !== null && event.currentTarget.hidePopover()}
      >
        {children}
      </div>
    </div>
  );
}
