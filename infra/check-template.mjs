// Holds a CloudFormation template against AWS's own specification of every resource type: the type is there, each property
// is one of the type's, of its shape, and none that is required is missing. Goes down into nested properties.
//
//   node check-template.mjs TEMPLATE...      ends with 0 when all hold, 1 with a line for each that does not
import { readFileSync } from 'node:fs';
import { loadAwsServiceSpec } from '@aws-cdk/aws-service-spec';

const LEAVES = {
  string: ['string', 'number', 'boolean'],
  number: ['number', 'string'],
  integer: ['number', 'string'],
  boolean: ['boolean', 'string'],
  'date-time': ['string'],
  null: [],
};

const spec = await loadAwsServiceSpec();
const faults = [];

/** Whether CloudFormation computes the value, so that its shape cannot be known here. */
function computed(value) {
  const keys = value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [];
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}

function properties(where, value, known) {
  for (const name of Object.keys(value)) {
    if (known[name]) {
      shape(`${where}.${name}`, value[name], known[name].type);
    } else {
      faults.push(`${where}.${name}: there is no such property`);
    }
  }
  for (const [name, property] of Object.entries(known)) {
    if (property.required && value[name] === undefined) {
      faults.push(`${where}.${name}: required, but missing`);
    }
  }
}

function shape(where, value, type) {
  if (computed(value)) {
    return;
  }
  switch (type.type) {
    case 'array':
      if (Array.isArray(value)) {
        value.forEach((element, index) => shape(`${where}[${index}]`, element, type.element));
      } else {
        faults.push(`${where}: a list is wanted`);
      }
      break;
    case 'map':
      if (object(where, value)) {
        Object.entries(value).forEach(([key, element]) => shape(`${where}.${key}`, element, type.element));
      }
      break;
    case 'ref':
      if (object(where, value)) {
        properties(where, value, spec.get('typeDefinition', type.reference.$ref).properties);
      }
      break;
    case 'union':
      union(where, value, type.types);
      break;
    case 'json':
    case 'tag':
      break;
    default:
      if (!LEAVES[type.type]) {
        faults.push(`${where}: this check does not know the specification's type ${type.type}`);
      } else if (!LEAVES[type.type].includes(typeof value)) {
        faults.push(`${where}: a ${type.type} is wanted`);
      } else if (type.allowedValues && !type.allowedValues.includes(value)) {
        faults.push(`${where}: ${value} is none of ${type.allowedValues.join(', ')}`);
      }
  }
}

/** One of the alternatives has to hold; when none does, the first one's faults are told. */
function union(where, value, types) {
  const before = faults.length;
  let first;
  for (const type of types) {
    shape(where, value, type);
    const found = faults.splice(before);
    if (found.length === 0) {
      return;
    }
    first ??= found;
  }
  faults.push(...(first ?? []));
}

function object(where, value) {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    return true;
  }
  faults.push(`${where}: an object is wanted`);
  return false;
}

/** The type of a custom resource, whose other properties are those of the function behind it. */
const CUSTOM = 'AWS::CloudFormation::CustomResource';

let count = 0;
for (const file of process.argv.slice(2)) {
  const template = JSON.parse(readFileSync(file, 'utf8'));
  for (const [id, resource] of Object.entries(template.Resources ?? {})) {
    count += 1;
    if (resource.Type === CUSTOM) {
      if (!resource.Properties?.ServiceToken) {
        faults.push(`${id}: a custom resource names the function behind it`);
      }
      continue;
    }
    const types = spec.lookup('resource', 'cloudFormationType', 'equals', resource.Type);
    if (types.length === 0) {
      faults.push(`${id}: there is no resource type ${resource.Type}`);
    } else {
      properties(`${id} (${resource.Type})`, resource.Properties ?? {}, types.only().properties);
    }
  }
}
if (count === 0) {
  faults.push('no template, or one without resources');
}
faults.forEach((fault) => console.error(fault));
console.log(`${count} resources held against the specification, ${faults.length} faults`);
process.exit(faults.length === 0 ? 0 : 1);
