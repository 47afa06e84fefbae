// Types of the document as typed dictionaries of Python 3.9, and the operations as methods.
import { oneLine } from './model.mjs';

const SCALARS = { string: 'str', time: 'str', integer: 'int', long: 'int', number: 'float', boolean: 'bool', any: 'Any' };

/** The name of a member or method in Python: `user_id` for `userId`. */
const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const doc = (indent, ...sentences) => {
  const text = sentences.map(oneLine).filter(Boolean).join(' ').replaceAll('\\', '\\\\').replaceAll('"""', "'''");
  return `${indent}"""${text.replace(/"$/, '" ')}"""`;
};

export function python({ types, operations }) {
  return { '_types.py': typesModule(types), '_operations.py': operationsModule(operations) };
}

/** @param quote writes the name of a type, which may be defined further down */
const type = (expression, quote) => (expression.nullable ? `Optional[${shape(expression, quote)}]` : shape(expression, quote));

const shape = (expression, quote) => {
  const of = (each) => type(each, quote);
  if (expression.ref) {
    return quote(expression.ref);
  }
  if (expression.values) {
    return `Literal[${expression.values.map((value) => JSON.stringify(value)).join(', ')}]`;
  }
  if (expression.list) {
    return `List[${of(expression.list)}]`;
  }
  if (expression.map) {
    return `Dict[str, ${of(expression.map)}]`;
  }
  if (expression.oneOf) {
    return `Union[${expression.oneOf.map(of).join(', ')}]`;
  }
  return SCALARS[expression.scalar];
};

function typesModule(types) {
  const quoted = (name) => `"${name}"`;
  const members = (all) =>
    all.map(({ name, type: each }) => `    ${JSON.stringify(name)}: ${type(each, quoted)},`).join('\n');
  const parts = types.map(({ name, description, alias, members: all }) => {
    if (alias) {
      return `${name} = ${type(alias, quoted)}`;
    }
    const required = all.filter((each) => each.required);
    const optional = all.filter((each) => !each.required);
    const half = (suffix, some, more) =>
      some.length ? [`_${name}${suffix} = TypedDict("_${name}${suffix}", {\n${members(some)}\n}${more})`] : [];
    const halves = [...half('Required', required, ''), ...half('Optional', optional, ', total=False')];
    const bases = [required.length && `_${name}Required`, optional.length && `_${name}Optional`].filter(Boolean);
    const described = all.filter((each) => each.description).map((each) => `\`${each.name}\`: ${oneLine(each.description)}`);
    return `${halves.join('\n')}


class ${name}(${bases.join(', ') || 'TypedDict'}):
${doc('    ', description ?? `${name}.`, ...described)}`;
  });
  return `"""Types of the API's requests and responses. Generated from the OpenAPI document."""

from typing import Any, Dict, List, Literal, Optional, TypedDict, Union

__all__ = [${types.map(({ name }) => `"${name}"`).join(', ')}]

${parts.join('\n\n')}
`;
}

function operationsModule(operations) {
  const named = (name) => `types.${name}`;
  const methods = operations.map(({ id, method, path, summary, description, inPath, query, body, result }) => {
    const parameters = [
      'self',
      ...inPath.map((name) => `${name}: str`),
      ...(body ? [`body: ${type(body, named)}`] : []),
      ...(query ? [`query: Optional[${type(query, named)}] = None`] : []),
    ];
    const filled = path.replace(/\{(\w+)\}/g, '" + _quoted($1) + "');
    const values = [`"${method}"`, `"${filled}"`.replace(/ \+ ""$/, ''), body ? 'body' : 'None', ...(query ? ['query'] : [])];
    const call = `self._call(${values.join(', ')})`;
    return `    def ${snake(id)}(${parameters.join(', ')}) -> ${result ? type(result, named) : 'None'}:
${doc('        ', `${summary}.`, description)}
        ${result ? `return cast("${type(result, named)}", ${call})` : call}`;
  });
  return `"""The operations of the API as methods. Generated from the OpenAPI document."""

from typing import Any, Optional, cast
from urllib.parse import quote

from . import _types as types


def _quoted(part: str) -> str:
    return quote(part, safe="")


class Operations:
    """The operations of the API, one method each, named by their \`operationId\`."""

    def _call(self, method: str, path: str, body: Any = None, query: Any = None) -> Any:
        raise NotImplementedError

${methods.join('\n\n')}
`;
}
