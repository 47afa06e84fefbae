package dev.freshet.quarantine.retry;

import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLog.DamagedObjectException;
import dev.freshet.model.log.ModelLog.Version;
import dev.freshet.store.LruMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Determines from a model log whether the example of a source was learned.
 *
 * <p>An example is applied only if its source lies above the high-water mark of its shard, which
 * then becomes its source. So it was learned in the one version in which the mark passed the
 * source, or never. That version is found by binary search over the rows, and its delta is read:
 * some 20 small reads and a delta for a log of a million versions, less what is cached.
 */
final class AppliedPositions {
    /** Whether an example was learned. */
    enum Answer {
        LEARNED,
        /**
         * The mark has passed the source without learning the example, which will not be learned
         * under this source any more.
         */
        PASSED_OVER,
        /** The mark is below the source: the example may still be in flight. */
        NOT_REACHED,
        /** The mark passed the source in a version whose row or delta is no longer stored. */
        UNKNOWN
    }

    /** Most rows, and most deltas, cached. */
    private static final int MAX_CACHED = 256;

    private final ModelLog log;
    private final Map<Long, Version> rows = new LruMap<>(MAX_CACHED);
    private final Map<Long, Optional<Set<ShardPosition>>> deltas = new LruMap<>(MAX_CACHED);
    private Optional<Version> head = Optional.empty();

    AppliedPositions(ModelLog log) {
        this.log = log;
    }

    /** Reads the log's end; later answers refer to it. */
    void refresh() {
        head = log.head();
    }

    /** The source under which an example may be put again. */
    sealed interface Placement {}

    /** The example was learned: it is not put again. */
    record AlreadyApplied() implements Placement {}

    /** The log no longer shows whether the example was learned. */
    record Undetermined() implements Placement {}

    /**
     * A source that the marks have not passed.
     *
     * @param round of {@link RetryPosition}; in round 0 the example may still be in flight
     */
    record Available(ShardPosition source, int round) implements Placement {}

    /** The marks have passed the example's source in every round. */
    record Exhausted() implements Placement {}

    /**
     * Returns the first of an example's sources that is available.
     *
     * @param origin its first source
     * @param assumeNotLearned whether an example of which the log no longer shows whether it was
     *     learned counts as not learned
     */
    Placement placement(ShardPosition origin, boolean assumeNotLearned) {
        for (int round = 0; round < RetryPosition.MAX_ROUNDS; round++) {
            ShardPosition source = RetryPosition.of(origin, round);
            switch (of(source)) {
                case LEARNED -> {
                    return new AlreadyApplied();
                }
                case NOT_REACHED -> {
                    return new Available(source, round);
                }
                case UNKNOWN -> {
                    if (!assumeNotLearned) {
                        return new Undetermined();
                    }
                }
                case PASSED_OVER -> {}
            }
        }
        return new Exhausted();
    }

    Answer of(ShardPosition source) {
        if (!head.map(Version::marks).orElse(HighWaterMarks.NONE).cover(source)) {
            return Answer.NOT_REACHED;
        }
        Version oldest = log.after(0, 1).getFirst();
        long low = oldest.version();
        long high = head.orElseThrow().version();
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (row(middle).marks().cover(source)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        Optional<Set<ShardPosition>> learned = learned(row(low));
        if (learned.isPresent() && learned.get().contains(source)) {
            return Answer.LEARNED;
        }
        boolean mayHaveBeenBefore = low == oldest.version() && low > 1;
        return learned.isEmpty() || mayHaveBeenBefore ? Answer.UNKNOWN : Answer.PASSED_OVER;
    }

    private Version row(long version) {
        return cached(rows, version, v -> log.after(v - 1, 1).getFirst());
    }

    private Optional<Set<ShardPosition>> learned(Version version) {
        return cached(
                deltas,
                version.version(),
                v -> {
                    try {
                        return Optional.of(
                                sources(DeltaCodec.decode(log.delta(version)).examples()));
                    } catch (DamagedObjectException | MalformedBytesException damaged) {
                        return Optional.empty();
                    }
                });
    }

    private static Set<ShardPosition> sources(List<Example> examples) {
        return examples.stream()
                .filter(Example.FromEvents.class::isInstance)
                .map(example -> ((Example.FromEvents) example).source())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static <V> V cached(Map<Long, V> cache, long version, Function<Long, V> loader) {
        V cached = cache.get(version);
        if (cached == null) {
            cached = loader.apply(version);
            cache.put(version, cached);
        }
        return cached;
    }

    /**
     * The sources under which an example is put again after training has passed over it.
     *
     * <p>Round 0 is its own source. When the marks have passed that without the example, round 1 is
     * the same sequence number in a shard of its own, {@code retry1/events/shardId-000000000000},
     * and so on. Such a shard has a high-water mark like any other, so that an example put twice in
     * one round is learned once; an example that a round's mark has passed over is put in the next
     * round.
     */
    static final class RetryPosition {
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
            return retried.matches()
                    ? new ShardPosition(retried.group(1), source.sequence())
                    : source;
        }
    }
}
