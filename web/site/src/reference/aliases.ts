// What the build of the reference leaves out of Redoc: 110 KB, compressed, that this document does not need.

import { fileURLToPath } from 'node:url';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

const LANGUAGES = 'c|coffeescript|cpp|csharp|csv|go|lua|objectivec|perl|php|python|q|ruby|scala|sql|swift|yaml|markup-templating';

export const aliases = [
  { find: /^@redocly\/openapi-core\/.*$/, replacement: here('no-bundler.ts') },
  { find: /^yaml$/, replacement: here('no-yaml.ts') },
  { find: new RegExp(`^prismjs/components/prism-(${LANGUAGES})(\\.js)?$`), replacement: here('no-grammar.ts') },
];
