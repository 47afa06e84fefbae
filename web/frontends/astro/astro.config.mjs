import { defineConfig } from 'astro/config';

// Inlined scripts would need an exception in the content security policy.
export default defineConfig({ vite: { build: { assetsInlineLimit: 0 } }, build: { inlineStylesheets: 'never' }, devToolbar: { enabled: false } });
