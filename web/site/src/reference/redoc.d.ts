// The parts of Redoc and React that the reference calls. Their own declarations would bring React's types into a site of Preact.

declare module 'redoc/bundles/redoc.browser.lib.js' {
  export const RedocStandalone: unknown;
}

declare module 'react' {
  export function createElement(type: unknown, properties: object): object;
}

declare module 'react-dom/client' {
  export function createRoot(element: Element): { render: (element: object) => void };
}
