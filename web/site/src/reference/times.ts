/** The time at which the events in the examples of the document are sent. */
const SENT = Date.parse('2026-03-01T12:00:10Z');

const TIME = /\b2026-\d\d-\d\dT[\d:.]+Z/g;

/** Returns the document with the times of its examples counted from a present time: events as old as the document are refused. */
export function withPresentTimes(document: string, now: number): string {
  const later = (time: string) => new Date(Date.parse(time) - SENT + now).toISOString().replace(/\.000Z$/, 'Z');
  return document.replace(TIME, later);
}
