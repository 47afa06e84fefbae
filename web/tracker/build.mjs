/**
 * Builds the package into dist/: index.js, an ES module with everything, of which a bundler keeps what is used; freshet.js, the
 * script for pages without a build. Members that begin with `_` are the package's own and get short names. The names of the script's
 * variables are chosen for gzip; those of the module are the choice of the bundler that takes it.
 */
import { build } from 'esbuild';
import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { minify } from 'terser';
import { rename } from './names.mjs';

const bundle = async (entry, name, { finish = (text) => text, ...options }) => {
  const result = await build({
    bundle: true,
    write: false,
    target: 'es2020',
    sourcemap: "external",
    minifySyntax: true,
    tsconfigRaw: {},
    outfile: `dist/${name}`,
    ...(typeof entry === 'string' ? { entryPoints: [entry] } : { stdin: entry }),
    ...options,
  });
  const [map, code] = result.outputFiles.sort((one) => (one.path.endsWith('.map') ? -1 : 1));
  const small = await minify(code.text, {
    ecma: 2020,
    module: options.format === 'esm',
    toplevel: true,
    compress: { passes: 2, unsafe: true, unsafe_arrows: true, unsafe_methods: true, pure_getters: true, inline: 3 },
    mangle: { properties: { regex: /^_/ } },
    sourceMap: { content: map.text, filename: name },
  });
  await mkdir('dist', { recursive: true });
  await writeFile(`dist/${name}`, `${finish(small.code)}\n//# sourceMappingURL=${name}.map`);
  await writeFile(`dist/${name}.map`, small.map);
};

await bundle('src/index.ts', 'index.js', { format: 'esm' });
await bundle('src/script.ts', 'freshet.js', { format: 'iife', finish: rename });
// Not published: what a bundler keeps for a site that uses the core alone.
await bundle({ contents: "export { createTracker } from './src/tracker.ts'", resolveDir: '.' }, 'core.js', { format: 'esm' });

for (const file of ['freshet.js', 'core.js', 'index.js']) {
  const text = (await readFile(`dist/${file}`, 'utf8')).replace(/\n\/\/# sourceMappingURL.*/, '');
  console.log(`${file}: ${text.length} bytes, ${gzipSync(text, { level: 9 }).length} gzipped`);
}
