// node stage.mjs VERSION: makes the folders that npm packs and Python builds, each a package whose version is that of the release:
// ../tracker/target/package, typescript/target/package and python/target/package. What a package does not ship stays behind.
import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const version = process.argv[2];
if (!/^\d+\.\d+\.\d+(-SNAPSHOT|-(alpha|beta|rc)\.\d+)?$/.test(version ?? '')) {
  throw new Error('usage: node stage.mjs VERSION, such as 1.2.3, 1.2.3-rc.1 or 1.2.3-SNAPSHOT');
}
/** The version as Python writes it. */
const pythonVersion = version.replace('-SNAPSHOT', '.dev0').replace(/-(a|b|rc)[a-z]*\.(\d+)$/, '$1$2');
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Gives all files the same rights, which archives keep, whatever the mask of who builds. */
async function equalRights(folder) {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await chmod(join(entry.parentPath ?? entry.path, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
}

/** Copies README without links into the repository, and the licence; returns the folder. */
async function stage(folder) {
  const target = join(folder, 'target/package');
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true });
  await cp(here('../../LICENSE'), join(target, 'LICENSE'));
  const readme = await readFile(join(folder, 'README.md'), 'utf8');
  await writeFile(join(target, 'README.md'), readme.replace(/\[([^\]]+)\]\((?!https?:)[^)]*\)/g, '$1'));
  return target;
}

for (const folder of [here('../tracker'), here('typescript')]) {
  const target = await stage(folder);
  const { private: _private, scripts, devDependencies, ...published } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  await writeFile(join(target, 'package.json'), `${JSON.stringify({ ...published, version }, null, 2)}\n`);
  for (const file of published.files) {
    await cp(join(folder, file), join(target, file), { recursive: true });
  }
  await equalRights(target);
}

const python = here('python');
const target = await stage(python);
// Hatchling would take that of a folder above, where there is one.
await writeFile(join(target, '.gitignore'), '');
const project = await readFile(join(python, 'pyproject.toml'), 'utf8');
await writeFile(join(target, 'pyproject.toml'), project.replace('version = "0.1.0"', `version = "${pythonVersion}"`));
await cp(join(python, 'src'), join(target, 'src'), { recursive: true, filter: (file) => !file.includes('__pycache__') });
execFileSync(process.execPath, [here('generate/generate.mjs'), 'python', join(target, 'src/freshet_client')]);
await equalRights(target);
