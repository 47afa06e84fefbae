// The API as this page uses it: one visitor, kept in the browser, under the page's key.

import { ask, forget, key } from './key.js';

const VISITOR = 'freshet.visitor';
const ANONYMOUS = 'anon-'; // what a page's key may speak for begins so
const session = crypto.randomUUID();

export function visitor() {
  let id = localStorage.getItem(VISITOR);
  if (!id || !id.startsWith(ANONYMOUS)) {
    id = newVisitor();
  }
  return id;
}

export function newVisitor() {
  const id = ANONYMOUS + crypto.randomUUID();
  localStorage.setItem(VISITOR, id);
  return id;
}

async function call(method, path, body) {
  const shown = key() || (await ask(''));
  const response = await fetch(path, {
    method,
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer ' + shown },
    body: body && JSON.stringify(body),
  });
  if (response.status === 401) {
    if (key() === shown) {
      forget();
    }
    await ask('The API does not know this key, or it has ended. Show another.');
    return call(method, path, body);
  }
  const answer = response.status === 204 ? {} : await response.json().catch(() => ({}));
  if (!response.ok) {
    throw new Error(answer.detail || answer.title || 'The API answered ' + response.status + '.');
  }
  return answer;
}

const context = () => ({
  device: matchMedia('(max-width: 700px)').matches ? 'mobile' : 'desktop',
  locale: navigator.language,
  localHour: new Date().getHours(),
});

/** Sends one event; resolves to its id once it is durably accepted. */
export async function send(type, fields) {
  const eventId = crypto.randomUUID();
  const now = new Date().toISOString();
  const answer = await call('POST', '/v1/events', {
    sentAt: now,
    events: [{ eventId, type, anonymousId: visitor(), sessionId: session, occurredAt: now, context: context(), ...fields }],
  });
  if (answer.rejected && answer.rejected.length) {
    throw new Error(answer.rejected[0].detail);
  }
  return eventId;
}

export const item = (id) => ({ target: { kind: 'item', id } });

export const recommend = (count) =>
  call('POST', '/v1/recommendations', { anonymousId: visitor(), count, placement: 'playground', context: context() });

export const trending = (count) => call('GET', '/v1/trending?count=' + count);

/** The demo's own page beside the API: it asks for no key. */
export async function newspaper() {
  const response = await fetch('/_freshet/newspaper');
  if (!response.ok) {
    throw new Error('There is no newspaper.');
  }
  return response.json();
}

/** Asks until the answer knows the event, for at most five seconds. */
export async function recommendKnowing(eventId, count) {
  const giveUp = performance.now() + 5000;
  for (;;) {
    const answer = await recommend(count);
    const knows = answer.reflects && answer.reflects.latestEventId === eventId;
    if (knows || performance.now() > giveUp) {
      return { answer, knows };
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
