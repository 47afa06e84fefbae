package dev.freshet.bench.evaluate;

import dev.freshet.features.StoredInteraction;

/**
 * One event of a replay in both forms: the interaction for the protocol and the baselines, and the
 * row that the write flow would have stored.
 */
record ReplayStep(FirstInteraction interaction, StoredInteraction row) {}
