// Client of the API for this page: one visitor id, stored in the browser, and the page's key.

import { ask, forget, key } from './key.js';

const VISITOR = 'freshet.visitor';
const ANONYMOUS = 'anon-'; // prefix of the ids for which a publishable key may send events
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
  const usedKey = key() || (await ask(''));
  const response = await fetch(path, {
    method,
    headers: { 'Content-Type': 'application/json', Authorization: 'Bearer ' + usedKey },
    body: body && JSON.stringify(body),
  });
  if (response.status === 401) {
    if (key() === usedKey) {
      forget();
    }
    await ask('This key is unknown or has expired. Enter another one.');
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

/** Returns the newspaper of the demo, which is served beside the API and needs no key. */
export async function newspaper() {
  const response = await fetch('/_freshet/newspaper');
  if (!response.ok) {
    throw new Error('There is no newspaper.');
  }
  return response.json();
}

/** Requests recommendations until they reflect the event, for at most five seconds. */
export async function recommendReflecting(eventId, count) {
  const giveUp = performance.now() + 5000;
  for (;;) {
    const answer = await recommend(count);
    const reflected = answer.reflects && answer.reflects.latestEventId === eventId;
    if (reflected || performance.now() > giveUp) {
      return { answer, reflected };
    }
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
