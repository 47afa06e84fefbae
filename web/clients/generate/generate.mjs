// node generate.mjs typescript|python|java FOLDER: writes what a client has from the OpenAPI document that web/api published.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { java } from './java.mjs';
import { modelOf } from './model.mjs';
import { python } from './python.mjs';
import { typescript } from './typescript.mjs';

const [language, folder] = process.argv.slice(2);
const make = { typescript, python, java }[language];
if (!make || !folder) {
  throw new Error('usage: node generate.mjs typescript|python|java FOLDER');
}
const document = JSON.parse(await readFile(new URL('../../api/dist/openapi.json', import.meta.url), 'utf8'));
for (const [name, text] of Object.entries(make(modelOf(document)))) {
  const file = join(folder, name);
  await mkdir(dirname(file), { recursive: true });
  // Unchanged files keep their time, so that nothing is compiled anew for them.
  if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    await writeFile(file, text);
  }
}
