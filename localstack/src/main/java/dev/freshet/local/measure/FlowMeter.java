package dev.freshet.local.measure;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.insight.Flow;
import dev.freshet.insight.Flow.Count;
import dev.freshet.insight.FlowHistory;
import dev.freshet.insight.FlowHistory.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Counter of what functions and the gateway report: by minute for an hour, and before that in the
 * steps of each {@link Resolution}. Memory: about 45 KB a minute with traffic, and 1 MB of steps.
 * Thread-safe.
 */
public final class FlowMeter {
    /** The longest time that is told apart, in milliseconds: an hour. */
    private static final long LONGEST_MS = 3_600_000;

    /** The largest error of a clock that is told apart, in seconds: a day. */
    private static final long LONGEST_SKEW = 86_400;

    /** Most codes of refusals of a minute; the API has fewer than 64. */
    private static final int MAX_CODES = 64;

    private final NavigableMap<Instant, Slot> slots = new TreeMap<>();
    private final Map<Resolution, Ring> rings = new EnumMap<>(Resolution.class);
    private Instant changedAt;
    private Instant earliest;

    private static final class Slot {
        private final Map<Count, Long> counts = new EnumMap<>(Count.class);
        private final Histogram freshness = new Histogram(LONGEST_MS, 2);
        private final Histogram recommend = new Histogram(LONGEST_MS, 2);
        private final Histogram skew = new Histogram(LONGEST_SKEW, 2);
        private final Map<String, Long> refusals = new TreeMap<>();
        private long version;

        private void count(Count what, long number) {
            counts.merge(what, number, Long::sum);
        }

        private void add(Slot other) {
            other.counts.forEach(this::count);
            freshness.add(other.freshness);
            recommend.add(other.recommend);
            other.refusals.forEach((code, count) -> refusals.merge(code, count, Long::sum));
            version = Math.max(version, other.version);
        }

        private FlowHistory.Step step(Instant begin) {
            return new FlowHistory.Step(
                    new Flow.Minute(begin, counts),
                    percentiles(freshness),
                    percentiles(recommend),
                    version,
                    refusals);
        }
    }

    /** The steps of one resolution before the last hour. */
    private static final class Ring {
        private final NavigableMap<Instant, FlowHistory.Step> closed = new TreeMap<>();
        private Instant begin = Instant.MIN;
        private Slot open = new Slot();

        /** Adds a minute, which is later than all before. */
        private void add(Instant step, Slot minute) {
            if (!step.equals(begin)) {
                close();
                begin = step;
            }
            open.add(minute);
        }

        private void close() {
            if (!begin.equals(Instant.MIN)) {
                closed.merge(begin, open.step(begin), FlowHistory.Step::plus);
            }
            begin = Instant.MIN;
            open = new Slot();
        }
    }

    /**
     * Creates a meter without counts.
     *
     * @param begin the first minute that is reported
     */
    public FlowMeter(Instant begin) {
        changedAt = begin;
        earliest = minute(begin);
        for (Resolution resolution : Resolution.values()) {
            rings.put(resolution, new Ring());
        }
    }

    private static Instant minute(Instant at) {
        return at.truncatedTo(ChronoUnit.MINUTES);
    }

    /**
     * Counts a metric line in the embedded metric format. A line of a minute before the first, or
     * more than an hour before the newest, is left out.
     */
    synchronized void line(JsonNode line) {
        Slot slot = slot(Instant.ofEpochMilli(line.at("/_aws/Timestamp").asLong()));
        if (slot == null) {
            return;
        }
        boolean isList = line.has("Degraded");
        for (Count count : Count.values()) {
            slot.count(count, line.path(count.metric()).asLong());
        }
        slot.count(Count.RECOMMENDATIONS, isList ? 1 : 0);
        slot.version = Math.max(slot.version, line.path("FunctionVersion").asLong());
        values(line.path("FreshnessMs"), slot.freshness, LONGEST_MS);
        values(line.path("ClockSkewSeconds"), slot.skew, LONGEST_SKEW);
        if (isList) {
            values(line.path("RecommendMs"), slot.recommend, LONGEST_MS);
        }
        line.path("refusals")
                .properties()
                .forEach(
                        one -> {
                            if (slot.refusals.size() < MAX_CODES) {
                                slot.refusals.merge(
                                        one.getKey(), one.getValue().asLong(), Long::sum);
                            }
                        });
    }

    private static void values(JsonNode of, Histogram into, long most) {
        for (JsonNode value : of.isArray() ? of : List.of(of)) {
            if (value.isNumber()) {
                into.recordValue(Math.clamp(value.asLong(), 0, most));
            }
        }
    }

    /** Counts an answer of the API. */
    public synchronized void request(int status, Instant at) {
        Slot slot = slot(at);
        if (slot != null) {
            slot.count(Count.REQUESTS, 1);
            slot.count(Count.CLIENT_ERRORS, status >= 400 && status < 500 ? 1 : 0);
            slot.count(Count.SERVER_ERRORS, status >= 500 ? 1 : 0);
            slot.count(Count.THROTTLED, status == 429 ? 1 : 0);
        }
    }

    private @Nullable Slot slot(Instant at) {
        Instant minute = minute(at);
        if (minute.isBefore(earliest)) {
            return null;
        }
        Slot slot = slots.computeIfAbsent(minute, _ -> new Slot());
        if (at.isAfter(changedAt)) {
            changedAt = at;
        }
        drop(slots.lastKey());
        return slot;
    }

    private void drop(Instant newest) {
        Instant oldest = newest.minus(Duration.ofMinutes(Flow.MINUTES));
        if (oldest.isAfter(earliest)) {
            earliest = oldest;
        }
        NavigableMap<Instant, Slot> old = slots.headMap(earliest, false);
        old.forEach(
                (at, minute) ->
                        rings.forEach(
                                (resolution, ring) -> ring.add(resolution.begin(at), minute)));
        old.clear();
        rings.forEach(
                (resolution, ring) ->
                        ring.closed.headMap(resolution.oldest(newest), false).clear());
    }

    /** Returns the figures of the past, those of the last hour among them. */
    synchronized FlowHistory history(Resolution resolution, Instant now) {
        drop(minute(now));
        Ring ring = Objects.requireNonNull(rings.get(resolution));
        NavigableMap<Instant, Slot> latest = new TreeMap<>();
        if (!ring.begin.equals(Instant.MIN)) {
            latest.computeIfAbsent(ring.begin, _ -> new Slot()).add(ring.open);
        }
        slots.forEach(
                (at, minute) ->
                        latest.computeIfAbsent(resolution.begin(at), _ -> new Slot()).add(minute));
        NavigableMap<Instant, FlowHistory.Step> steps = new TreeMap<>(ring.closed);
        latest.forEach((at, slot) -> steps.merge(at, slot.step(at), FlowHistory.Step::plus));
        return new FlowHistory(Flow.Source.PROCESS, List.copyOf(steps.values()));
    }

    /** Adds the figures of an earlier run, once. */
    synchronized void restore(Resolution resolution, FlowHistory earlier) {
        Ring ring = Objects.requireNonNull(rings.get(resolution));
        earlier.steps().forEach(step -> ring.closed.put(step.at(), step));
    }

    /**
     * Returns the figures of the last hour. While nothing happens they change once a minute, unless
     * a consumer is behind.
     */
    synchronized Flow flow(Instant now, List<Flow.Consumer> consumers) {
        Instant present = minute(now);
        drop(present);
        boolean isBehind = consumers.stream().anyMatch(one -> one.lag().isPositive());
        Histogram freshness = new Histogram(LONGEST_MS, 2);
        Histogram recommend = new Histogram(LONGEST_MS, 2);
        Histogram skew = new Histogram(LONGEST_SKEW, 2);
        Map<String, Long> refusals = new TreeMap<>();
        List<Flow.Minute> minutes = new ArrayList<>();
        for (Instant at = earliest; !at.isAfter(present); at = at.plusSeconds(60)) {
            Slot slot = slots.get(at);
            minutes.add(new Flow.Minute(at, slot == null ? Map.of() : slot.counts));
            if (slot != null) {
                freshness.add(slot.freshness);
                recommend.add(slot.recommend);
                skew.add(slot.skew);
                slot.refusals.forEach((code, count) -> refusals.merge(code, count, Long::sum));
            }
        }
        return new Flow(
                Flow.Source.PROCESS,
                isBehind ? now : changedAt.isAfter(present) ? changedAt : present,
                minutes,
                distribution(freshness),
                consumers,
                percentiles(recommend),
                true,
                refusals,
                skew.getTotalCount() == 0
                        ? null
                        : new Flow.ClockSkew(
                                skew.getTotalCount(),
                                Math.min(LONGEST_SKEW, skew.getValueAtPercentile(50)),
                                Math.min(LONGEST_SKEW, skew.getValueAtPercentile(99))));
    }

    private static Flow.@Nullable Freshness distribution(Histogram of) {
        Flow.Percentiles percentiles = percentiles(of);
        if (percentiles == null) {
            return null;
        }
        List<Long> counts = new ArrayList<>();
        long below = 0;
        for (int bound : Flow.BOUNDS_MS) {
            long upTo = of.getCountBetweenValues(0, bound);
            counts.add(upTo - below);
            below = upTo;
        }
        counts.add(of.getTotalCount() - below);
        return new Flow.Freshness(of.getTotalCount(), percentiles, counts);
    }

    private static Flow.@Nullable Percentiles percentiles(Histogram of) {
        return of.getTotalCount() == 0
                ? null
                : new Flow.Percentiles(of.getValueAtPercentile(50), of.getValueAtPercentile(99));
    }
}
