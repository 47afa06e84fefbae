// Keys without a modifier. Who speaks to the page or types by other means than fingers can turn them off (WCAG 2.2, 2.1.4).

const STORED = 'freshet.shortcuts';

/** Whether single keys do something. */
export function shortcutsOn(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

/** Remembers for this browser whether single keys do something. */
export function setShortcuts(on: boolean): void {
  try {
    if (on) {
      localStorage.removeItem(STORED);
    } else {
      localStorage.setItem(STORED, 'off');
    }
  } catch {
    // Storage is blocked: the choice holds until nobody remembers it.
  }
}

/** Whether a key goes into what is being edited. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]:not([contenteditable="false"])') !== null;

/**
 * Calls what a single key stands for, unless it is typed into a field, held with a modifier, pressed while a dialog is open, or single
 * keys are turned off. Returns what ends that.
 */
export function onKeys(work: Readonly<Record<string, () => void>>): () => void {
  const pressed = (event: KeyboardEvent) => {
    const does = Object.hasOwn(work, event.key) ? work[event.key] : undefined;
    const held = event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat;
    if (does !== undefined && !held && !event.defaultPrevented && !isTyping(event.target) && document.querySelector('dialog[open]') === null && shortcutsOn()) {
      event.preventDefault();
      does();
    }
  };
  addEventListener('keydown', pressed);
  return () => removeEventListener('keydown', pressed);
}
