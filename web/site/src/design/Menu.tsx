import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** Closes the menu of an item before what the item opens, so that the focus goes back to the menu's button afterwards. */
export const closeMenu = (event: Event): void => (event.currentTarget as Element).closest<HTMLElement>('[popover]')?.hidePopover();

interface Props {
  label: string;
  /** What the button shows, three dots where left out, and how it looks. */
  text?: string;
  look?: string;
  pressed?: boolean;
  children: ComponentChildren;
}

/**
 * A button with what can be done beside what is shown. The browser closes it on Escape and on a click elsewhere, and gives the focus back; an item with
 * `data-closes` closes it too.
 */
export function Menu({ label, text = '•••', look = 'plain', pressed, children }: Props) {
  const id = useId();
  return (
    <div>
      <button class={look} popovertarget={id} aria-label={label} aria-pressed={pressed} title={label}>{text}</button>
      <div
        id={id} popover="auto" class="menu-items" role="group" aria-label={label}
        onClick={(event) => (event.target as Element).closest('[data-closes]') !== null && event.currentTarget.hidePopover()}
      >
        {children}
      </div>
    </div>
  );
}
