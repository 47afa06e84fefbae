// Mends of Redoc's markup for assistive technology, where no option of Redoc reaches.

/** Redoc's headings jump from the second level to the fifth. */
const LEVELS: Readonly<Record<string, string>> = { H5: '3', H3: '3' };

/** Mends what Redoc has drawn, and what it draws from now on. */
export function mend(root: HTMLElement): void {
  const all = () => {
    landmark(root, '.api-content', 'main');
    landmark(root, '.menu-content', 'navigation');
    for (const heading of root.querySelectorAll('h3, h5')) {
      set(heading, 'role', 'heading');
      set(heading, 'aria-level', LEVELS[heading.tagName] ?? '3');
    }
    // An entry of the menu is named by its text, which begins with the method.
    for (const entry of root.querySelectorAll('[role=menuitem][aria-label]')) {
      entry.removeAttribute('aria-label');
    }
    // Code that is wider than its panel can be scrolled with the keyboard.
    for (const code of root.querySelectorAll('pre:not([tabindex])')) {
      code.setAttribute('tabindex', '0');
    }
  };
  let asked = false;
  new MutationObserver(() => {
    if (!asked) {
      asked = true;
      requestAnimationFrame(() => {
        asked = false;
        all();
      });
    }
  }).observe(root, { childList: true, subtree: true });
  all();
}

function landmark(root: HTMLElement, selector: string, role: string): void {
  const element = root.querySelector(selector);
  if (element !== null) {
    set(element, 'role', role);
  }
}

function set(element: Element, name: string, value: string): void {
  if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}
