import BrowserOnly from '@docusaurus/BrowserOnly';
import React from 'react';

const TEMPLATE = '<ul><li data-freshet-item><a data-slot-href="attributes.url" data-slot="title"></a></li></ul>';

/**
 * The element with its template, which React is given as text: it would make children of it, and not its content. In the browser alone:
 * the element changes what it holds, and React would find other elements than those it made on the server.
 */
export default function Recommended() {
  return React.createElement(BrowserOnly, null, () =>
    React.createElement(
      'freshet-recommendations',
      { placement: 'docs', count: '3', fields: 'title,attributes.url' },
      React.createElement('template', { dangerouslySetInnerHTML: { __html: TEMPLATE } }),
      React.createElement('p', null, 'Nothing is recommended yet.'),
    ),
  );
}
