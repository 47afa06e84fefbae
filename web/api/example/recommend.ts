// Recommendations with the types of the document: a member that is misspelt or missing does not compile.
import createClient from 'openapi-fetch';
import type { components, paths } from '../dist/freshet-api.js';

const client = createClient<paths>({
  baseUrl: process.env['FRESHET_URL'] ?? 'http://127.0.0.1:8787',
  headers: { Authorization: `Bearer ${process.env['FRESHET_KEY'] ?? ''}` },
});

const event: components['schemas']['Event'] = {
  eventId: crypto.randomUUID(),
  type: 'click',
  userId: 'u-1',
  itemId: 'article-9',
  occurredAt: new Date().toISOString(),
};
const { data: accepted, error: refused } = await client.POST('/v1/events', { body: { events: [event] } });
if (refused) {
  throw new Error(refused.detail);
}
console.log(`${accepted.accepted} accepted`);

const { data: list } = await client.POST('/v1/recommendations', { body: { userId: 'u-1', count: 5 } });
for (const { itemId, title } of list?.items ?? []) {
  console.log(itemId, title);
}

const { data: similar } = await client.GET('/v1/items/{id}/similar', { params: { path: { id: 'article-9' } } });
console.log(similar?.items.length);

// @ts-expect-error: an id is a text.
void client.POST('/v1/recommendations', { body: { userId: 7 } });
