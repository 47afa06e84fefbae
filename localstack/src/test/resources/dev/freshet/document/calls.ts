// Calls an API by the generated client, and prints what it read: arguments are the API, a key, a prefix for ids and the time.
import {
  Configuration,
  EventsApi,
  ExperimentsApi,
  type Filter,
  ItemsApi,
  RecommendationsApi,
  type Rule,
  RulesApi,
  ResponseError,
  UsersApi,
} from './index';

declare const process: { argv: string[] };

async function main(basePath: string, accessToken: string, name: string, now: string) {
  const api = new Configuration({ basePath, accessToken });
  const lists = new RecommendationsApi(api);
  const read: Record<string, unknown> = {};

  const attributes = { url: 'https://www.example.org/1', price: 9.5, stock: 1, used: false, sizes: ['s', 'm'] };
  const items = new ItemsApi(api);
  for (const number of [1, 2]) {
    await items.putItem({ item: { itemId: `${name}-${number}`, type: 'product', title: `Lamp ${number}`, tags: [name], attributes } });
  }
  read.item = (await items.getItem({ id: `${name}-1` })).attributes;

  const users = new UsersApi(api);
  const userId = `${name}-user`;
  await users.putUser({ id: userId, userRequest: { attributes } });
  await users.putUser({ id: userId, userRequest: { consent: { personalisation: true } } });
  read.user = (await users.getUser({ id: userId })).attributes;

  const rules = new RulesApi(api);
  const rule: Rule = { filter: { not: { field: 'attributes.stock', from: 0, to: 1 } }, limits: [{ field: 'attributes.brand', max: 3 }] };
  await rules.putRule({ id: name, rule });
  read.rule = await rules.getRule({ id: name });
  read.rules = (await rules.listRules()).rules.some((one) => one.name === name);

  const did = { userId, itemId: `${name}-1`, occurredAt: new Date(now) };
  const events = [
    { ...did, eventId: `${name}-e1`, type: 'view' },
    { ...did, eventId: `${name}-e2`, type: 'rating', value: 4.5 },
    { ...did, eventId: `${name}-e3`, type: 'purchase', value: { amount: 9.5, currency: 'EUR' } },
  ];
  read.accepted = (await new EventsApi(api).collectEvents({ eventsRequest: { events } })).accepted;

  const filter: Filter = {
    all: [
      { field: 'itemId', _in: [`${name}-1`, `${name}-2`] },
      { field: 'attributes.used', is: false },
      { field: 'tags', contains: name },
    ],
  };
  for (const list of ['for-you', 'latest'] as const) {
    const listRequest = { count: 5, list, filter, rules: list === 'for-you' ? [name] : undefined };
    let shown = (await lists.recommend({ listRequest })).items;
    for (let look = 0; look < 300 && shown.length < 2; look++) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      shown = (await lists.recommend({ listRequest })).items;
    }
    read[list] = shown.map((item) => item.title !== undefined);
  }

  const arms = [
    { id: 'control', weight: 0.5 },
    { id: 'varied', weight: 0.5, diversity: 0.4 },
  ];
  const experiments = new ExperimentsApi(api);
  await experiments.putExperiment({
    id: name,
    experiment: { id: name, version: 1, status: 'draft', layer: name, salt: `${name}-1`, plannedUsers: 1000, arms, metrics: { primary: 'listCtr' } },
  });
  read.experiment = (await experiments.getExperiment({ id: name })).arms;

  try {
    await lists.recommend({ listRequest: { list: 'similar' } });
  } catch (refused) {
    const { response } = refused as ResponseError;
    read.refused = [response.status, ((await response.json()) as { code: string }).code];
  }
  console.log(JSON.stringify(read));
}

main(...(process.argv.slice(2) as [string, string, string, string]));
