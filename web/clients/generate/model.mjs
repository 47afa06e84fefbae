// The OpenAPI document as the generators of the clients read it: named types with members, and operations.

/** What the clients leave to the dashboard. */
const LEFT_OUT = new Set(['insights']);

/** The members of an event that the clients fill in. */
const MADE_BY_THE_CLIENT = ['eventId', 'occurredAt'];

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];
const capital = (text) => text[0].toUpperCase() + text.slice(1);

/**
 * Returns `{types, operations}` of a document.
 *
 * A type is `{name, description, members}` for an object, where a member is `{name, type, required, description}`; else
 * `{name, description, alias}`. It is `declared` where the document names it. What a member, an alias, a parameter or a result is, is an expression of one of these forms:
 * `{ref}`, `{scalar: 'string' | 'time' | 'integer' | 'long' | 'number' | 'boolean' | 'any'}`, `{values}` (texts), `{list}`,
 * `{map}`, `{oneOf}`; and it is `nullable` where null may stand in its place.
 */
export function modelOf(document) {
  const types = new Map();
  const schemas = document.components.schemas;

  const merged = (schema) => {
    if (schema.$ref) {
      return merged(schemas[nameOf(schema)]);
    }
    const parts = [...(schema.allOf ?? []).map(merged), schema];
    return {
      properties: Object.assign({}, ...parts.map((part) => part.properties)),
      required: parts.flatMap((part) => part.required ?? []),
    };
  };

  const define = (name, schema) => {
    if (types.has(name)) {
      return;
    }
    types.set(name, undefined);
    const { description } = schema;
    if (!schema.properties && !(schema.allOf?.length > 1)) {
      types.set(name, { name, description, alias: shape(schema, `${name}Entry`) });
      return;
    }
    const { properties, required } = merged(schema);
    const members = Object.entries(properties).map(([member, each]) => ({
      name: member,
      type: expression(each, name + capital(member)),
      required: required.includes(member),
      description: each.description,
    }));
    types.set(name, { name, description, members });
  };

  /** An object without a name is called after where it stands. */
  const expression = (schema, place) => {
    const nullable = schema.nullable || (schema.$ref && schemas[nameOf(schema)].nullable);
    return { ...shape(schema, place), ...(nullable && { nullable }) };
  };

  const shape = (schema, place) => {
    if (schema.$ref) {
      define(nameOf(schema), schemas[nameOf(schema)]);
      return { ref: nameOf(schema) };
    }
    if (schema.allOf?.length === 1) {
      return expression(schema.allOf[0], place);
    }
    if (schema.oneOf) {
      return { oneOf: schema.oneOf.map((each, index) => expression(each, place + index)) };
    }
    if (schema.properties || schema.allOf) {
      define(place, schema);
      return { ref: place };
    }
    if (schema.type === 'array') {
      return { list: expression(schema.items, place) };
    }
    if (schema.type === 'object') {
      const values = schema.additionalProperties;
      return { map: values && values !== true ? expression(values, place) : { scalar: 'any' } };
    }
    if (schema.enum) {
      return { values: schema.enum };
    }
    const scalar = { 'date-time': 'time', int64: 'long' }[schema.format] ?? schema.type ?? 'any';
    return { scalar };
  };

  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] && !item[method].tags.some((tag) => LEFT_OUT.has(tag))).map((method) => {
      const operation = item[method];
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((each) => resolved(document, each));
      const query = parameters.filter((each) => each.in === 'query');
      if (query.length) {
        types.set(`${capital(operation.operationId)}Query`, {
          name: `${capital(operation.operationId)}Query`,
          description: `Parameters of ${operation.operationId}.`,
          members: query.map((each) => ({
            name: each.name,
            type: expression(each.schema ?? each.content['application/json'].schema, capital(each.name)),
            required: Boolean(each.required),
            description: each.description,
          })),
        });
      }
      const body = operation.requestBody && json(resolved(document, operation.requestBody));
      const success = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))[1];
      const result = json(resolved(document, success));
      const name = capital(operation.operationId);
      return {
        id: operation.operationId,
        method: method.toUpperCase(),
        path,
        summary: operation.summary,
        description: operation.description,
        inPath: parameters.filter((each) => each.in === 'path').map((each) => each.name),
        query: query.length ? { ref: `${name}Query` } : undefined,
        body: body && expression(body, `${name}Request`),
        result: result && expression(result, `${name}Response`),
      };
    }),
  );

  define('Problem', schemas.Problem);
  const event = types.get('Event');
  types.set('NewEvent', {
    name: 'NewEvent',
    description: `An event as it is added to the queue, which gives it an \`eventId\` and the time where it has none. ${event.description}`,
    members: event.members.map((each) => ({ ...each, required: each.required && !MADE_BY_THE_CLIENT.includes(each.name) })),
  });
  const sorted = [...types.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return { types: sorted.map((type) => ({ ...type, declared: type.name in schemas })), operations };
}

/** The text of a description on one line. */
export const oneLine = (text) => (text ?? '').replace(/\s+/g, ' ').trim();

function nameOf({ $ref }) {
  return $ref.split('/').at(-1);
}

function json(part) {
  return Object.entries(part.content ?? {}).find(([type]) => type.endsWith('json'))?.[1].schema;
}

function resolved(document, node) {
  return node.$ref ? node.$ref.slice(2).split('/').reduce((from, step) => from[step], document) : node;
}
