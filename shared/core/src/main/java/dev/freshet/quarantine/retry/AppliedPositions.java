package dev.freshet.quarantine.retry;

import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.model.HighWaterMarks;
import dev.freshet.model.bytes.MalformedBytesException;
import dev.freshet.model.codec.DeltaCodec;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLog.DamagedObjectException;
import dev.freshet.model.log.ModelLog.Version;
import dev.freshet.store.LruMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells from a model log whether the example of a source was learned.
 *
 * <p>An example is applied only where its source lies above the mark, which it then becomes. So it
 * was learned in the one version at which the mark of its shard went past it, or never. That
 * version is found by halves, one row a step, and one delta is read: some 20 small reads and a
 * delta for a log of a million versions, less what is remembered.
 */
final class AppliedPositions {
    /** Whether an example was learned. */
    enum Answer {
        LEARNED,
        /** The mark has gone past it without it: it will not be learned under this source. */
        PASSED_OVER,
        /** The mark is below it: it may be on its way. */
        NOT_REACHED,
        /** The mark went past it in a version whose row or delta is no longer there. */
        UNKNOWN
    }

    /** Most rows, and most deltas, remembered; the least recently asked for leaves first. */
    private static final int MAX_REMEMBERED = 256;

    private final ModelLog log;
    private final Map<Long, Version> rows = new LruMap<>(MAX_REMEMBERED);
    private final Map<Long, Optional<Set<ShardPosition>>> deltas = new LruMap<>(MAX_REMEMBERED);
    private Optional<Version> head = Optional.empty();

    AppliedPositions(ModelLog log) {
        this.log = log;
    }

    /** Looks at the log's end; answers are as of this look. */
    void look() {
        head = log.head();
    }

    /** Where an example may be put again. */
    sealed interface Place {}

    /** Nowhere: it was learned. */
    record Known() implements Place {}

    /** Nobody knows: the log no longer tells whether it was learned. */
    record Untold() implements Place {}

    /**
     * Under this source, which the marks have not passed.
     *
     * @param round of {@link RetryPosition}; in round 0 it may still be on its own way
     */
    record Free(ShardPosition source, int round) implements Place {}

    /** The marks have passed over it in every round. */
    record Spent() implements Place {}

    /**
     * The first of an example's sources that is free.
     *
     * @param origin its first source
     * @param trusting whether what the log no longer tells is taken for not learned
     */
    Place place(ShardPosition origin, boolean trusting) {
        for (int round = 0; round < RetryPosition.MAX_ROUNDS; round++) {
            ShardPosition source = RetryPosition.of(origin, round);
            switch (of(source)) {
                case LEARNED -> {
                    return new Known();
                }
                case NOT_REACHED -> {
                    return new Free(source, round);
                }
                case UNKNOWN -> {
                    if (!trusting) {
                        return new Untold();
                    }
                }
                case PASSED_OVER -> {}
            }
        }
        return new Spent();
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
        return remembered(rows, version, v -> log.after(v - 1, 1).getFirst());
    }

    private Optional<Set<ShardPosition>> learned(Version version) {
        return remembered(
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

    private static <V> V remembered(Map<Long, V> memory, long version, Function<Long, V> reading) {
        V known = memory.get(version);
        if (known == null) {
            known = reading.apply(version);
            memory.put(version, known);
        }
        return known;
    }
}
