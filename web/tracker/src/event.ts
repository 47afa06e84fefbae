import type { Details, Purposes } from './types.js';

/** What this page notes on an event. Members under symbols are neither stored nor sent. */
export const CHARACTERS = Symbol();
/** Not to be sent before this time. */
export const AFTER = Symbol();
/** How often the event was changed to be acceptable to the API. */
export const MENDED = Symbol();
/** It is in a request that was not answered yet. */
export const SENDING = Symbol();
/** It was in a request of this page, or of another page that has gone. */
export const TRIED = Symbol();

/** An event as the API takes it. */
export interface Event extends Omit<Details, 'item' | 'author' | 'tag' | 'at'> {
  eventId: string;
  type: string;
  userId?: string;
  anonymousId?: string;
  sessionId: string;
  occurredAt: string;
  itemId?: string;
  target?: { kind: string; id: string };
  context: Record<string, unknown>;
  consent: Purposes;
  [CHARACTERS]?: number;
  [AFTER]?: number;
  [MENDED]?: number;
  [SENDING]?: boolean;
  [TRIED]?: boolean;
}

/** Types that can wait and, where the queue is full, give way: the first of them first. */
const PATIENT = ['scroll', 'impression', 'dwell', 'view', 'play', 'submit'];

/** All other types say what a visitor wants or does not want: lists are to know them at once. */
export const URGENT = 6;

/** The lower, the sooner an event gives way where the queue is full. */
export const rank = (type: string): number => (PATIENT.indexOf(type) + 7) % 7;
