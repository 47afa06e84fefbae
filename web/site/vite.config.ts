import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { defineConfig } from 'vite';
import { aliases } from './src/reference/aliases';

/** The local cloud that `npm run dev` sends requests of the API to. */
const cloud = process.env['FRESHET_ENDPOINT'] ?? 'http://127.0.0.1:8787';

/** What web/api publishes, and the licence of the letters, beside the pages. The build of the repository makes it first; a build of this folder alone, if it is missing. */
const published = {
  name: 'published',
  apply: 'build' as const,
  closeBundle() {
    if (!existsSync('../api/dist/openapi.json')) {
      execFileSync('sh', ['../../.mvn/npm-run.sh', 'build', '../api'], { stdio: 'inherit', env: { ...process.env, NODE_ENV: '' } });
    }
    for (const file of ['openapi.json', 'freshet.postman_collection.json']) {
      copyFileSync(`../api/dist/${file}`, `dist/${file}`);
    }
    copyFileSync('src/design/inter/OFL.txt', 'dist/assets/inter-OFL.txt');
  },
};

/**
 * What is changed in Redoc: the picture from its makers' host, since no page of ours asks another host for anything, and the colour of patterns, which has too
 * little contrast on a dark page.
 */
const IN_REDOC: readonly [string, string][] = [['https://cdn.redoc.ly/redoc/logo-mini.svg', 'data:,'], ['#0e7c86', 'var(--soft)']];
const mendedRedoc = {
  name: 'mended-redoc',
  transform(code: string, id: string) {
    if (!id.includes('redoc.browser.lib.js')) {
      return undefined;
    }
    return IN_REDOC.reduce((mended, [what, other]) => {
      if (!mended.includes(what)) {
        throw new Error(`Redoc has no ${what} any more: see what is in its place.`);
      }
      return mended.replaceAll(what, other);
    }, code);
  },
};

export default defineConfig({
  plugins: [published, mendedRedoc],
  resolve: { alias: aliases },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // The first with light-dark(), which is left as it is.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // Redoc, on the page that is Redoc.
    chunkSizeWarningLimit: 900,
    // The content security policy allows neither data: scripts nor inline ones.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { playground: 'index.html', dashboard: 'dashboard/index.html', reference: 'reference/index.html' } },
  },
  server: { host: '127.0.0.1', proxy: { '/openapi.json': cloud, '/v1': cloud, '/_freshet': cloud } },
});
