// The operations as methods of a class in TypeScript. The types are those that openapi-typescript makes of the document.
import { oneLine } from './model.mjs';

export function typescript({ types, operations }) {
  const schema = ({ ref, list, values, scalar }) =>
    ref
      ? `Schemas['${ref}']`
      : list
        ? `${schema(list)}[]`
        : values
          ? values.map((value) => `'${value}'`).join(' | ')
          : ({ integer: 'number', long: 'number', number: 'number', boolean: 'boolean', any: 'unknown' }[scalar] ?? 'string');
  const exported = types.filter((type) => type.declared);
  // Openapi-typescript takes a parameter that is JSON for its text.
  const queries = types.filter(({ name }) => operations.some(({ query }) => query?.ref === name));
  return {
    'operations.ts': `// Generated from the OpenAPI document.
import type { components } from './api.js';

export type Schemas = components['schemas'];
${exported.map(({ name }) => `export type ${name} = Schemas['${name}'];`).join('\n')}
/** An event as it is added to the queue, which gives it an \`eventId\` and the time where it has none. */
export type NewEvent = Omit<Event, 'eventId' | 'occurredAt'> & Partial<Pick<Event, 'eventId' | 'occurredAt'>>;
${queries.map(queryType).join('\n')}

/** The operations of the API, one method each, by their \`operationId\`. */
export abstract class Operations {
  protected abstract call<Result>(method: string, path: string, body?: unknown, query?: object): Promise<Result>;

${operations.map(method).join('\n\n')}
}
`,
  };

  function queryType({ name, description, members }) {
    const lines = members.map((each) => `  /** ${oneLine(each.description)} */\n  ${each.name}${each.required ? '' : '?'}: ${schema(each.type)};`);
    return `/** ${description} */\nexport interface ${name} {\n${lines.join('\n')}\n}`;
  }

  function method({ id, method, path, summary, description, inPath, query, body, result }) {
    const parameters = [
      ...inPath.map((name) => `${name}: string`),
      ...(body ? [`body: ${schema(body)}`] : []),
      ...(query ? [`query: ${query.ref} = {}`] : []),
    ];
    const filled = path.replace(/\{(\w+)\}/g, (_, name) => '${encodeURIComponent(' + name + ')}');
    const values = [`'${method}'`, `\`${filled}\``, ...(body || query ? [body ? 'body' : 'undefined'] : []), ...(query ? ['query'] : [])];
    return `  /** ${oneLine(summary)}. ${oneLine(description).replaceAll('*/', '* /')} */
  ${id}(${parameters.join(', ')}): Promise<${result ? schema(result) : 'void'}> {
    return this.call(${values.join(', ')});
  }`;
  }
}
