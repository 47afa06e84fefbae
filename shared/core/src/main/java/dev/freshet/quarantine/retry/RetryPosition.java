package dev.freshet.quarantine.retry;

import dev.freshet.event.ShardPosition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Under which source an example is put again that training has passed over.
 *
 * <p>Round 0 is its own source. When the marks have gone past that without it, round 1 is the same
 * sequence number in a shard of its own, {@code retry1/events/shardId-000000000000}, and so on. A
 * mark of each such shard is kept like any other, so that the same example put twice in one round
 * is learned once; what a round's mark passed over goes into the next.
 */
final class RetryPosition {
    /** Most rounds tried; each leaves one mark for each shard that had an example in it. */
    static final int MAX_ROUNDS = 100;

    private static final Pattern RETRIED = Pattern.compile("retry[0-9]+/(.+/.+)");

    private RetryPosition() {}

    static ShardPosition of(ShardPosition origin, int round) {
        return round == 0
                ? origin
                : new ShardPosition("retry" + round + "/" + origin.shard(), origin.sequence());
    }

    /** The source that an example had first. */
    static ShardPosition origin(ShardPosition source) {
        Matcher retried = RETRIED.matcher(source.shard());
        return retried.matches() ? new ShardPosition(retried.group(1), source.sequence()) : source;
    }
}
