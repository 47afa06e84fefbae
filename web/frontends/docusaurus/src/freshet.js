// The tracker in a client module: Docusaurus loads it once, on the client and when pages are made on the server.
import siteConfig from '@generated/docusaurus.config';
import { init } from '@freshet/tracker';

const { endpoint, key } = siteConfig.customFields;

export const tracker = init({
  endpoint,
  key,
  consent: { personalisation: true, analytics: true },
  item: () => (location.pathname === '/' ? undefined : `doc${location.pathname.replace(/\/$/, '').replaceAll('/', '-')}`),
});
