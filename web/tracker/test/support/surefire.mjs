/** A reporter of node:test that writes what Maven's Surefire would, so that the build's summary counts these tests too. */
import { basename } from 'node:path';

const escape = (text) =>
  String(text).replace(/[<>&"]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[^\t\n\r -\uFFFD]/g, '');

export default async function* surefire(source) {
  const cases = [];
  for await (const { type, data } of source) {
    const isSuite = data?.details?.type === 'suite';
    if ((type === 'test:pass' || type === 'test:fail') && (!isSuite || data.skip !== undefined)) {
      const inner =
        data.skip !== undefined
          ? `<skipped message="${escape(data.skip)}"/>`
          : type === 'test:fail'
            ? `<failure message="${escape(data.details.error?.message ?? '')}"/>`
            : '';
      const file = `tracker.${basename(data.file ?? 'test').replace('.test.mjs', '')}`;
      const seconds = (data.details.duration_ms ?? 0) / 1000;
      cases.push({
        skipped: inner.startsWith('<skipped'),
        failed: inner.startsWith('<failure'),
        xml: `  <testcase classname="${escape(file)}" name="${escape(data.name)}" time="${seconds.toFixed(3)}">${inner}</testcase>\n`,
      });
    }
  }
  const count = (which) => cases.filter((one) => one[which]).length;
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="tracker" tests="${cases.length}" failures="${count('failed')}" errors="0" skipped="${count('skipped')}">\n`;
  yield cases.map((one) => one.xml).join('');
  yield '</testsuite>\n';
}
