// The reference of the API: Redoc, over the document that the build publishes. The page asks for no key and calls no operation.

import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { RedocStandalone } from 'redoc/bundles/redoc.browser.lib.js';
import { applyTheme } from '../theme';
import { optionsOf } from './look';
import { mend } from './mend';
import { withPresentTimes } from './times';

const place = document.getElementById('reference');
if (place === null) {
  throw new Error('The page has no place for the reference.');
}

async function show(at: HTMLElement): Promise<void> {
  const answer = await fetch('/openapi.json');
  if (!answer.ok) {
    throw new Error(`openapi.json: ${answer.status}`);
  }
  const spec = JSON.parse(withPresentTimes(await answer.text(), Date.now())) as object;
  const root = createRoot(at);
  mend(at);
  const draw = () => {
    applyTheme();
    root.render(createElement(RedocStandalone, { spec, options: optionsOf(document.documentElement) }));
  };
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
  draw();
}

applyTheme();
show(place).catch((failure: Error) => {
  place.textContent = `The reference cannot be shown: ${failure.message}`;
});
