/** Clock, random numbers, listeners and document of the page. */

let anchor = 0;

/** Milliseconds since 1970. Never goes back while the page lives, even if the clock is set back. */
export const now = (): number => {
  const elapsed = performance.now();
  anchor = Math.max(anchor, Date.now() - elapsed);
  return Math.round(anchor + elapsed);
};

export const time = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** 160 random bits. */
export const randomId = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(5)), (word) => word.toString(36)).join('');

/** Listens before everybody else does, so that no handler of the page can keep an event back. */
export const on = (types: string, work: (event: any) => void): void =>
  types.split(' ').forEach((type) => addEventListener(type, work, true));

/**
 * The document without its named elements, which hide its own members: `<img name="querySelector">` or `<img name="currentScript">`
 * in what users of a site wrote must neither silence the tracker nor say where it sends to.
 */
export const pageDocument = /* @__PURE__ */ new Proxy({} as Document, {
  get: (_, name) => {
    const own = Reflect.get(Document.prototype, name, document);
    return own?.bind?.(document) ?? own;
  },
});

export const isVisible = (): boolean => !pageDocument.hidden;

/** Returns a function that does the work so many milliseconds later; calls in between are one. */
export const once = (work: () => void, delay: number): (() => void) => {
  let waits: unknown;
  return () =>
    (waits ||= setTimeout(() => {
      waits = 0;
      work();
    }, delay));
};
