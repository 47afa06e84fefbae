package dev.freshet.bench.evaluate;

import dev.freshet.features.StoredInteraction;

/**
 * One event of a replay, in both forms: as the protocol and the rivals see it, and as the row that
 * the write flow would have put.
 */
record ReplayStep(FirstInteraction interaction, StoredInteraction row) {}
