// Types of the document as records of Java 17, and the operations as methods of a class.
import { oneLine } from './model.mjs';

const SCALARS = { string: 'String', time: 'Instant', integer: 'Integer', long: 'Long', number: 'Double', boolean: 'Boolean', any: 'Object' };
const PRIMITIVES = { Integer: 'int', Long: 'long', Double: 'double', Boolean: 'boolean' };
const KEYWORDS = new Set(['default', 'case', 'for', 'new', 'switch', 'class', 'if', 'else', 'return', 'this', 'package', 'import']);
const capital = (text) => text[0].toUpperCase() + text.slice(1);

/** Text as Javadoc. */
const doc = (text) =>
  oneLine(text)
    .replaceAll('*/', '* /')
    .split('`')
    .map((part, index) =>
      index % 2 ? `{@code ${part.replaceAll('@', '')}}` : part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('@', '&#64;').replaceAll('{', '&#123;').replaceAll('}', '&#125;'),
    )
    .join('');

export function java({ types, operations }) {
  const byName = new Map(types.map((each) => [each.name, each]));

  /** Texts of which there may be further ones are no enum, and what is one of several types is an object. */
  const type = (expression) => {
    if (expression.ref) {
      const { alias, name } = byName.get(expression.ref);
      return alias ? type(alias) : name;
    }
    if (expression.list) {
      return `List<${element(expression.list)}>`;
    }
    if (expression.map) {
      return `Map<String, ${type(expression.map) === 'Object' ? '@Nullable Object' : element(expression.map)}>`;
    }
    return expression.oneOf ? 'Object' : expression.values ? 'String' : SCALARS[expression.scalar];
  };

  const element = (expression) => (expression.nullable ? '@Nullable ' : '') + type(expression);

  /** What a member takes, where its type does not say it. */
  const takes = (expression) => {
    const { ref, values, oneOf } = expression;
    if (ref && byName.get(ref).alias) {
      return takes(byName.get(ref).alias);
    }
    const named = (each) => (each.ref && !byName.get(each.ref).alias ? `{@link ${each.ref}}` : takes(each) || `{@code ${type(each)}}`);
    return values ? `One of ${values.map((value) => `{@code ${value}}`).join(', ')}.` : oneOf ? `One of ${[...new Set(oneOf.map(named))].join(', ')}.` : '';
  };

  const files = {};
  for (const { name, description, members } of types.filter((each) => each.members)) {
    files[`model/${name}.java`] = record(name, description, members);
  }
  files['model/package-info.java'] = `/** What requests and responses of the API hold. */
@NullMarked
package dev.freshet.client.model;

import org.jspecify.annotations.NullMarked;
`;
  files['Operations.java'] = operationsClass();
  return files;

  function record(name, description, members) {
    const all = members.map((member) => {
      const boxed = type(member.type);
      return {
        ...member,
        label: KEYWORDS.has(member.name) ? `${member.name}_` : member.name,
        boxed,
        present: member.required && !member.type.nullable,
        component: member.required && !member.type.nullable ? (PRIMITIVES[boxed] ?? boxed) : `@Nullable ${boxed}`,
      };
    });
    const text = all.map((each) => `${each.component} ${each.boxed}`).join(' ');
    const imports = [
      'com.fasterxml.jackson.annotation.JsonIgnoreProperties',
      'com.fasterxml.jackson.annotation.JsonInclude',
      ...(all.some((each) => each.label !== each.name) ? ['com.fasterxml.jackson.annotation.JsonProperty'] : []),
      ...(/\bInstant\b/.test(text) ? ['java.time.Instant'] : []),
      ...(/\bList</.test(text) ? ['java.util.List'] : []),
      ...(/\bMap</.test(text) ? ['java.util.Map'] : []),
      ...(all.some((each) => each.present) ? ['java.util.Objects'] : []),
      'org.jspecify.annotations.Nullable',
    ];
    const value = ({ label, name: of, present }) => (present ? `Objects.requireNonNull(${label}, "${of}")` : label);
    return `package dev.freshet.client.model;

${imports.sort().map((each) => `import ${each};`).join('\n')}

/**
 * ${doc(description ?? `The type ${name} of the API.`)}
 *
${all.map((each) => ` * @param ${each.label} ${[doc(each.description), takes(each.type)].filter(Boolean).join(' ') || 'See the reference of the API.'}`).join('\n')}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record ${name}(
${all.map((each) => `        ${each.label === each.name ? '' : `@JsonProperty("${each.name}") `}${each.component} ${each.label}`).join(',\n')}) {

    /** Returns a builder of which nothing is set. */
    public static Builder builder() {
        return new Builder();
    }

    /** Sets members one by one; {@code build} fails where a required one is missing. */
    public static final class Builder {
${all.map((each) => `        private @Nullable ${each.boxed} ${each.label};`).join('\n')}

        private Builder() {}
${all
  .map(
    (each) => `
        /** Sets ${doc('`' + each.name + '`')}. */
        public Builder ${each.label}(${each.boxed} ${each.label}) {
            this.${each.label} = ${each.label};
            return this;
        }`,
  )
  .join('\n')}

        /** Returns what was set. */
        public ${name} build() {
            return new ${name}(${all.map(value).join(', ')});
        }
    }
}
`;
  }

  function operationsClass() {
    const used = new Set(operations.flatMap(({ body, query, result }) => [body, query, result]).map((each) => each?.ref).filter((ref) => ref && !byName.get(ref).alias));
    const methods = operations.map(method).join('\n\n');
    return `package dev.freshet.client;

${[...used].sort().map((name) => `import dev.freshet.client.model.${name};`).join('\n')}
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
${/\bMap</.test(methods) ? 'import java.util.Map;\n' : ''}import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operations of the API, one method each, named by their {@code operationId}. */
abstract class Operations {
    abstract <T> @Nullable T call(String method, String path, @Nullable Object body, @Nullable Object query, Class<T> result);

    private static String quoted(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

${methods}
}
`;
  }

  function method({ id, method, path, summary, description, inPath, query, body, result }) {
    const filled = `"${path}"`.replace(/\{(\w+)\}/g, '" + quoted($1) + "').replace(/ \+ ""$/, '');
    const parameters = [...inPath.map((name) => `String ${name}`), ...(body ? [`${type(body)} body`] : [])];
    const text = `    /**
     * ${doc(summary)}. ${doc(description)}
     *
     * @throws FreshetProblem if the API refuses the request, fails or cannot be reached
     */`;
    const returned = result ? type(result) : 'void';
    const call = (queryValue) =>
      result
        ? `return Objects.requireNonNull(call("${method}", ${filled}, ${body ? 'body' : 'null'}, ${queryValue}, ${returned}.class), "an empty response");`
        : `call("${method}", ${filled}, ${body ? 'body' : 'null'}, ${queryValue}, Void.class);`;
    const plain = `${text}
    public ${returned} ${id}(${parameters.join(', ')}) {
        ${call('null')}
    }`;
    return query
      ? `${plain}

${text}
    public ${returned} ${id}(${[...parameters, `${type(query)} query`].join(', ')}) {
        ${call('query')}
    }`
      : plain;
  }
}
