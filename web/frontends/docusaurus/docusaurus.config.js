// A site as `npm init docusaurus` makes it, with the tracker as a client module.
export default {
  title: 'Front end with Docusaurus',
  url: 'https://docs.example.org',
  baseUrl: '/',
  onBrokenLinks: 'throw',
  i18n: { defaultLocale: 'en', locales: ['en'] },
  clientModules: ['./src/freshet.js'],
  presets: [
    ['classic', { docs: { routeBasePath: '/', sidebarPath: './sidebars.js' }, blog: false, theme: {} }],
  ],
  customFields: { endpoint: 'https://api.freshet.invalid', key: 'fpk_test_0123456789' },
  themeConfig: { navbar: { title: 'Docs' }, colorMode: { respectPrefersColorScheme: false } },
};
