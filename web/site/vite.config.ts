import { defineConfig } from 'vite';

/** The local cloud that `npm run dev` sends requests of the API to. */
const cloud = process.env['FRESHET_ENDPOINT'] ?? 'http://127.0.0.1:8787';

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // The content security policy allows neither data: scripts nor inline ones.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { playground: 'index.html', dashboard: 'dashboard/index.html' } },
  },
  server: { host: '127.0.0.1', proxy: { '/v1': cloud, '/_freshet': cloud } },
});
