// The look of Redoc, from the colours of the other pages.

import { colourOf } from '../theme';

/** Returns Redoc's options in the theme that an element has now. Redoc computes with colours, so they are values and not variables. */
export function optionsOf(element: Element): object {
  const [quiet, strong, ends] = ['soft', 'accent', 'bad'].map((name) => colourOf(element, `--${name}`, 'light'));
  const onDark = (name: string) => colourOf(element, `--${name}`, 'dark');
  const letters = getComputedStyle(document.body).fontFamily;
  const [card, ink, soft, line, accent, good, warn, bad] = ['card', 'ink', 'soft', 'line', 'accent', 'good', 'warn', 'bad'].map((name) => colourOf(element, `--${name}`));
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
          success: { color: good, backgroundColor: card, tabTextColor: onDark('good') },
          error: { color: bad, backgroundColor: card, tabTextColor: onDark('bad') },
          redirect: { color: warn, backgroundColor: card, tabTextColor: onDark('warn') },
          info: { color: accent, backgroundColor: card, tabTextColor: onDark('accent') },
        },
        // Grounds of the names of methods, which are white in either theme.
        http: { get: quiet, head: quiet, options: quiet, link: quiet, basic: quiet, post: strong, put: strong, patch: strong, delete: ends },
      },
      typography: {
        fontFamily: letters,
        fontSize: '15px',
        lineHeight: '1.55',
        headings: { fontFamily: letters, fontWeight: '600' },
        code: { color: ink, backgroundColor: card, wrap: true, fontSize: '13px' },
        links: { color: accent, visited: accent, hover: ink, textDecoration: 'underline', hoverTextDecoration: 'underline' },
      },
      sidebar: { backgroundColor: card, textColor: ink, activeTextColor: accent, width: '270px' },
      // Dark in either theme: the colours of Prism and Redoc for code are made for a dark ground.
      rightPanel: { backgroundColor: onDark('card'), textColor: onDark('ink'), width: '42%' },
      schema: { linesColor: line, typeNameColor: soft, typeTitleColor: soft, requireLabelColor: bad, nestedBackground: card, defaultDetailsWidth: '75%' },
      codeBlock: { backgroundColor: onDark('paper') },
      fab: { backgroundColor: card, color: accent },
    },
  };
}
