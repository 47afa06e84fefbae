import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { java } from '../../generate/java.mjs';
import { modelOf } from '../../generate/model.mjs';
import { python } from '../../generate/python.mjs';

const document = JSON.parse(readFileSync(new URL('../../../api/dist/openapi.json', import.meta.url), 'utf8'));

/** What is generated for a type: the members in Python, and the record in Java. */
const generated = (model) => {
  const dictionaries = python(model)['_types.py'];
  const records = java(model);
  return (name) => [
    [...dictionaries.matchAll(new RegExp(`_${name}(?:Required|Optional)", {\n([^}]*)}`, 'g'))].map(([, members]) => members).join(''),
    records[`model/${name}.java`].match(/public record \w+\(([^]*?)\) \{/)[1],
  ];
};

test('each member that may be null is Optional in Python and @Nullable in Java', () => {
  const model = modelOf(document);
  const of = generated(model);
  const found = [];
  const visit = (name, { properties = {} }) => {
    for (const [member, schema] of Object.entries(properties)) {
      if (schema.nullable) {
        found.push(`${name}.${member}`);
        const [dictionary, record] = of(name);
        assert.match(dictionary, new RegExp(`"${member}": Optional\\[`), `${name}.${member}`);
        assert.match(record, new RegExp(`@Nullable \\S+ ${member}_?\\b`), `${name}.${member}`);
      }
      const place = name + member[0].toUpperCase() + member.slice(1);
      [schema, schema.items ?? {}].filter((each) => model.types.some((type) => type.name === place && each.properties)).forEach((each) => visit(place, each));
    }
  };
  for (const { name, declared, members } of model.types) {
    if (declared && members) {
      visit(name, document.components.schemas[name]);
    }
  }
  assert.ok(found.length >= 6, `${found}`);
});

test('null is also taken from elements, entries, references and what is named', () => {
  const nullable = true;
  const text = { type: 'string', nullable };
  const schemas = {
    Problem: { properties: { code: { type: 'string' } } },
    Event: { properties: { eventId: { type: 'string' } } },
    Named: text,
    Whole: {
      required: ['count', 'name', 'node', 'list', 'map', 'plain', 'event'],
      properties: {
        count: { type: 'integer', nullable },
        name: { $ref: '#/components/schemas/Named' },
        node: { allOf: [{ $ref: '#/components/schemas/Problem' }], nullable },
        list: { type: 'array', items: text },
        map: { type: 'object', additionalProperties: text },
        plain: { type: 'integer' },
        event: { $ref: '#/components/schemas/Event' },
      },
    },
  };
  const responses = { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Whole' } } } } };
  const paths = { '/': { get: { tags: [], operationId: 'get', responses } } };
  const [dictionary, record] = generated(modelOf({ paths, components: { schemas } }))('Whole');

  assert.deepEqual(dictionary.trim().split(/,\s*/).filter(Boolean), [
    '"count": Optional[int]',
    '"name": Optional["Named"]',
    '"node": Optional["Problem"]',
    '"list": List[Optional[str]]',
    '"map": Dict[str',
    'Optional[str]]',
    '"plain": int',
    '"event": "Event"',
  ]);
  assert.equal(
    record.replace(/\s+/g, ' ').trim(),
    '@Nullable Integer count, @Nullable String name, @Nullable Problem node, List<@Nullable String> list, Map<String, @Nullable String> map, int plain, Event event',
  );
});
