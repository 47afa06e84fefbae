// Puts the sources and what is generated of the OpenAPI document into one folder, of which tsc makes dist/.
import { execFileSync } from 'node:child_process';
import { cp, copyFile, mkdir, rm } from 'node:fs/promises';

const sources = 'target/src';
await rm('target', { recursive: true, force: true });
await rm('dist', { recursive: true, force: true });
await mkdir('dist');
await cp('src', sources, { recursive: true });
execFileSync(process.execPath, ['../generate/generate.mjs', 'typescript', sources]);
// Of declarations alone the compiler makes nothing: they are put where its own will be.
for (const folder of [sources, 'dist']) {
  await copyFile('../../api/dist/freshet-api.d.ts', `${folder}/api.d.ts`);
}
