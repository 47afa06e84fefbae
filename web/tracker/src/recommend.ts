import { post } from './api.js';
import { queue } from './queue.js';
import { purposes } from './settings.js';
import type { ListRequest, Recommendations } from './types.js';
import { reader, type Reader } from './visitor.js';

/** What was not sent yet is given along, so that a list knows the click before it; at most so many, as a page may. */
const SESSION = 10;

export const recommend = async ({ item, timeout = 3_000, ...members }: ListRequest = {}): Promise<Recommendations> => {
  const consent = purposes();
  const { userId, anonymousId, sessionId: id }: Partial<Reader> = consent.personalisation ? reader() : {};
  const items = queue
    .filter((event) => event.itemId && !event.retracts && event.userId == userId && event.anonymousId == anonymousId)
    .slice(-SESSION)
    .map(({ itemId, type, occurredAt }) => ({ itemId, type, at: occurredAt }));
  const { _status, _body } = await post(
    'recommendations',
    { ...members, userId, anonymousId, itemId: item, session: { id, items }, consent },
    userId,
    timeout,
  );
  if (_status != 200) {
    throw Object.assign(Error(_body.detail), _body);
  }
  return _body;
};
