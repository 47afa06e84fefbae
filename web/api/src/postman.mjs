// The Postman collection of the document: a folder for each tag, a request for each operation.
import converter from 'openapi-to-postmanv2';
import { operations, resolved } from './published.mjs';

const OPTIONS = {
  folderStrategy: 'Tags',
  requestNameSource: 'Fallback',
  parametersResolution: 'Example',
  requestParametersResolution: 'Example',
  exampleParametersResolution: 'Example',
  includeAuthInfoInExample: false,
  alwaysInheritAuthentication: true,
};

const REFUSED = 300;

/** Returns the collection, the same for the same document: the ids that the converter draws are left out. */
export function collectionOf(document) {
  return new Promise((resolve, reject) => {
    const plain = structuredClone(document);
    plain.servers = [{ url: '{baseUrl}', variables: { baseUrl: { default: document.servers[0].url } } }];
    converter.convertV2({ type: 'json', data: plain }, OPTIONS, (error, result) => {
      if (error || !result.result) {
        reject(error ?? new Error(result.reason));
        return;
      }
      const collection = withoutIds(result.output[0].data);
      for (const one of collection.item.flatMap((folder) => folder.item)) {
        // Of refusals the document has no example, and the converter would draw one by chance.
        one.response = one.response.filter((response) => response.code < REFUSED);
      }
      unfilled(document).forEach((one) => switchOff(collection, one));
      collection.auth = { type: 'bearer', bearer: [{ key: 'token', value: '{{freshetKey}}', type: 'string' }] };
      collection.variable = [
        { key: 'baseUrl', value: document.servers[0].url, type: 'string' },
        { key: 'freshetKey', value: '', type: 'string' },
      ];
      resolve(collection);
    });
  });
}

/** Optional parameters without an example, which the converter fills with the name of their type. */
function unfilled(document) {
  return operations(document).flatMap(({ item, operation }) =>
    [...(item.parameters ?? []), ...(operation.parameters ?? [])]
      .map((parameter) => resolved(document, parameter))
      .filter((parameter) => !parameter.required && parameter.example === undefined && !parameter.content)
      .map((parameter) => ({ request: operation.summary, ...parameter })),
  );
}

/** Switches a parameter off, so that it is sent only by who fills it in. */
function switchOff(collection, { request, in: place, name }) {
  const found = collection.item.flatMap((folder) => folder.item).find((one) => one.name === request);
  for (const sent of [found.request, ...found.response.map((response) => response.originalRequest)]) {
    for (const one of (place === 'header' ? sent.header : sent.url.query).filter((entry) => entry.key === name)) {
      one.disabled = true;
      one.value = '';
    }
  }
}

function withoutIds(node) {
  if (Array.isArray(node)) {
    return node.map((one) => withoutIds(one));
  }
  if (node === null || typeof node !== 'object') {
    return node;
  }
  return Object.fromEntries(
    Object.entries(node)
      .filter(([name, value]) => !((name === 'id' || name === '_postman_id' || name === 'uid') && typeof value === 'string'))
      .map(([name, value]) => [name, withoutIds(value)]),
  );
}
