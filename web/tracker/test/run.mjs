/** Runs the tests of a folder: `node test/run.mjs unit`. Prints them, and writes a report for the build's summary. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';

const [kind] = process.argv.slice(2);
const reports = '../target/surefire-reports';
mkdirSync(reports, { recursive: true });
const { status } = spawnSync(
  process.execPath,
  [
    '--test',
    '--test-concurrency=2',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./test/support/surefire.mjs',
    `--test-reporter-destination=${reports}/TEST-tracker-${kind}.xml`,
    ...readdirSync(`test/${kind}`)
      .filter((name) => name.endsWith('.test.mjs'))
      .map((name) => `test/${kind}/${name}`),
  ],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
