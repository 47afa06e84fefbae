package dev.freshet.quarantine.retry;

import dev.freshet.event.ShardPosition;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sources under which an example is put again after training has passed over it.
 *
 * <p>Round 0 is its own source. When the marks have passed that without the example, round 1 is the
 * same sequence number in a shard of its own, {@code retry1/events/shardId-000000000000}, and so
 * on. Such a shard has a high-water mark like any other, so that an example put twice in one round
 * is learned once; an example that a round's mark has passed over is put in the next round.
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

    /** Returns the first source of an example. */
    static ShardPosition origin(ShardPosition source) {
        Matcher retried = RETRIED.matcher(source.shard());
        return retried.matches() ? new ShardPosition(retried.group(1), source.sequence()) : source;
    }
}
