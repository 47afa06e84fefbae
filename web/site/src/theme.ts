// The theme follows the system until somebody chooses one; the choice is kept in this browser.

const STORAGE = 'freshet.theme';
export type Theme = 'system' | 'light' | 'dark';
export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

export function theme(): Theme {
  const kept = localStorage.getItem(STORAGE);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function setTheme(next: Theme): void {
  if (next === 'system') {
    localStorage.removeItem(STORAGE);
  } else {
    localStorage.setItem(STORAGE, next);
  }
  applyTheme();
}

/** The value that a colour has for an element now, or has in a theme, as "rgb(0, 0, 0)"; for what is drawn by a script. */
export function colourOf(element: Element, name: string, of?: 'light' | 'dark'): string {
  const probe = document.createElement('i');
  probe.style.colorScheme = of ?? 'inherit';
  probe.style.color = `var(${name})`;
  element.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** Puts the chosen theme on the document; style sheets do the rest. */
export function applyTheme(): void {
  const chosen = theme();
  if (chosen === 'system') {
    delete document.documentElement.dataset['theme'];
  } else {
    document.documentElement.dataset['theme'] = chosen;
  }
}
