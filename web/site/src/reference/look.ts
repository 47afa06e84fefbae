// The look of Redoc, from the colours of the other pages.

/** Grounds of the names of methods, which are white in either theme. */
const METHODS = { get: '#24703a', post: '#0b6a7c', put: '#8a4b00', patch: '#6d4a8f', delete: '#b3261e', options: '#59646a', head: '#59646a', link: '#59646a', basic: '#59646a' };

/** Colours of text on the dark panel of samples, those of the dark theme. */
const ON_DARK = { good: '#7fcf8f', bad: '#ff8a80', warn: '#e5a45c', accent: '#5cc2d3' };

/** Returns Redoc's options in the theme that an element has now. Redoc computes with colours, so they are values and not variables. */
export function optionsOf(element: Element): object {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const [card, ink, soft, line, accent, good, warn, bad] = ['card', 'ink', 'soft', 'line', 'accent', 'good', 'warn', 'bad'].map(colour);
    return {
    hideDownloadButtons: false,
    downloadUrls: [
      { title: 'openapi.json', url: '/openapi.json' },
      { title: 'Postman collection', url: '/freshet.postman_collection.json' },
    ],
    sortPropsAlphabetically: false,
    requiredPropsFirst: true,
    jsonSamplesExpandLevel: 4,
    nativeScrollbars: true,
    pathInMiddlePanel: true,
    hideSchemaTitles: true,
    theme: {
      colors: {
        primary: { main: accent },
        success: { main: good },
        warning: { main: warn },
        error: { main: bad },
        text: { primary: ink, secondary: soft },
        border: { dark: line, light: line },
        responses: {
          success: { color: good, backgroundColor: card, tabTextColor: ON_DARK.good },
          error: { color: bad, backgroundColor: card, tabTextColor: ON_DARK.bad },
          redirect: { color: warn, backgroundColor: card, tabTextColor: ON_DARK.warn },
          info: { color: accent, backgroundColor: card, tabTextColor: ON_DARK.accent },
        },
        http: METHODS,
      },
      typography: {
        fontFamily: 'system-ui, "Segoe UI", "DejaVu Sans", sans-serif',
        fontSize: '15px',
        lineHeight: '1.55',
        headings: { fontFamily: 'system-ui, "Segoe UI", "DejaVu Sans", sans-serif', fontWeight: '600' },
        code: { color: ink, backgroundColor: card, wrap: true, fontSize: '13px' },
        links: { color: accent, visited: accent, hover: ink, textDecoration: 'underline', hoverTextDecoration: 'underline' },
      },
      sidebar: { backgroundColor: card, textColor: ink, activeTextColor: accent, width: '270px' },
      // Dark in either theme: the colours of Prism and Redoc for code are made for a dark ground.
      rightPanel: { backgroundColor: '#20292d', textColor: '#ffffff', width: '42%' },
      schema: { linesColor: line, typeNameColor: soft, typeTitleColor: soft, requireLabelColor: bad, nestedBackground: card, defaultDetailsWidth: '75%' },
      codeBlock: { backgroundColor: '#11171a' },
      fab: { backgroundColor: card, color: accent },
    },
  };
}
