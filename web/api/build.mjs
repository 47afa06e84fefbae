// Builds dist: the published OpenAPI document, the Postman collection and the types.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import openapiTS, { astToString } from 'openapi-typescript';
import { collectionOf } from './src/postman.mjs';
import { published } from './src/published.mjs';

const here = (path) => new URL(path, import.meta.url);

const source = await readFile(here('../../infra/src/main/resources/openapi.yaml'), 'utf8');
const document = published(source);
await mkdir(here('dist'), { recursive: true });
// JavaScript writes 2^62 rounded to 4611686018427388000, which is beyond it.
await writeFile(here('dist/openapi.json'), `${JSON.stringify(document).replaceAll(String(2 ** 62), String(2n ** 62n))}\n`);
await writeFile(here('dist/freshet.postman_collection.json'), `${JSON.stringify(await collectionOf(document), null, 1)}\n`);
await writeFile(here('dist/freshet-api.d.ts'), astToString(await openapiTS(document, { defaultNonNullable: false })));
