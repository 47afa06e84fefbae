/** Attributes by which a page says what its elements are. */
export const ITEM = 'data-freshet-item';
export const EXPOSURE = 'data-freshet-exposure';
export const PLACEMENT = 'data-freshet-placement';

/** The value of an attribute at the nearest element that has it. */
export const nearest = (element: Element, name: string): string | undefined =>
  element.closest?.(`[${name}]`)?.getAttribute(name) || undefined;
