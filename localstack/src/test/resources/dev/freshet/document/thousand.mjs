// Sends 1,000 events of ten users through the queue of the client in TypeScript; prints what was refused and what is left.
import { Freshet } from '@freshet/client';

const refused = [];
const freshet = new Freshet({
  endpoint: process.env.FRESHET_URL,
  key: 'fsk_test',
  timeout: 250,
  firstPause: 2,
  longestPause: 20,
  batchSize: 10,
  flushInterval: 1,
  onRejected: (event, { code }) => refused.push(code),
});
for (let i = 0; i < 1000; i++) {
  freshet.events.add({ type: 'view', userId: `u-${i % 10}`, itemId: `${i}` });
  if (i % 100 === 99) {
    await new Promise((done) => setTimeout(done, 5));
  }
}
const left = await freshet.events.close(60_000);
console.log(`refused ${refused.length}, left ${left.length}`);
