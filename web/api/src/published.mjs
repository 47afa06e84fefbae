// The document that callers are given: the source without what only API Gateway reads, with samples.
import { parse } from 'yaml';
import { samplesOf } from './samples.mjs';

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

/** Extensions of the source that are not published: those of API Gateway and of the stack. */
const INTERNAL = /^x-(amazon|freshet)-/;

/** Most uses of an anchor; every path repeats the preflight. */
const MAX_ALIASES = 1000;

/** Who may call an operation, by its `x-freshet-permission`. */
const CALLERS = {
  pages: 'Callers: publishable keys, user tokens and secret keys.',
  users: 'Callers: user tokens and secret keys.',
  servers: 'Callers: secret keys.',
  insights: 'Callers: insights keys, experiments keys and secret keys.',
  experiments: 'Callers: experiments keys and secret keys.',
};

/** Returns the document to publish, from the text of the source. */
export function published(yaml) {
  const source = parse(yaml, { maxAliasCount: MAX_ALIASES, merge: true });
  const document = withoutInternals(source);
  document.servers = [
    { url: 'http://127.0.0.1:8787', description: 'The local cloud' },
    {
      url: 'https://{host}',
      description: 'A stack on AWS: the output ApiUrl, or SiteUrl',
      variables: { host: { default: 'freshet.example.org' } },
    },
  ];
  document.components.securitySchemes = {
    freshet: {
      type: 'http',
      scheme: 'bearer',
      description: source.components.securitySchemes.freshet.description,
    },
  };
  for (const { path, method, operation, item } of operations(document)) {
    const permission = source.paths[path][method]['x-freshet-permission'];
    if (!CALLERS[permission]) {
      throw new Error(`${operation.operationId}: no sentence for the callers '${permission}'`);
    }
    operation.description = [operation.description, CALLERS[permission]].filter(Boolean).join('\n\n');
    operation['x-codeSamples'] = samplesOf(document, path, method, item, operation);
  }
  return document;
}

/** Returns all operations of a document with where they are. */
export function operations(document) {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({ path, method, item, operation: item[method] })),
  );
}

/** Returns what a reference leads to, and any other node unchanged. */
export function resolved(document, node) {
  let at = node;
  while (at?.$ref) {
    at = at.$ref
      .slice(2)
      .split('/')
      .reduce((from, step) => from[step], document);
  }
  return at;
}

function withoutInternals(node) {
  if (Array.isArray(node)) {
    return node.map(withoutInternals);
  }
  if (node === null || typeof node !== 'object') {
    return node;
  }
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => !INTERNAL.test(key))
      .filter(([key, value]) => !(key === 'options' && value?.summary === 'CORS preflight'))
      .map(([key, value]) => [key, withoutInternals(value)]),
  );
}
