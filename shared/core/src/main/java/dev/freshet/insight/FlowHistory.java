package dev.freshet.insight;

import dev.freshet.insight.Flow.Count;
import dev.freshet.json.WireName;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.QueryParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was measured of the flows of a stack before the last hour, in steps. As JSON it goes from
 * the local cloud to the function that answers; owners get a {@link Report} of it.
 *
 * @param source who measured
 * @param steps those in which something was measured, oldest first
 */
public record FlowHistory(Flow.Source source, List<Step> steps) {
    /** How long steps are, and how far they reach back. */
    public enum Resolution implements WireName {
        /** A day, and the one before. */
        FINE(Duration.ofMinutes(5), Duration.ofDays(2)),
        /** Four weeks, and those before. */
        COARSE(Duration.ofHours(1), Duration.ofDays(56));

        private final Duration step;
        private final Duration reach;

        Resolution(Duration step, Duration reach) {
            this.step = step;
            this.reach = reach;
        }

        /** Returns the length of a step. */
        public Duration step() {
            return step;
        }

        /** Returns the begin of the step that a time is in. */
        public Instant begin(Instant at) {
            long seconds = at.getEpochSecond();
            return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, step.toSeconds()));
        }

        /** Returns the begin of the oldest step that is kept at a time. */
        public Instant oldest(Instant now) {
            return begin(now).minus(reach).plus(step);
        }
    }

    /**
     * What was measured in a step.
     *
     * @param minute its begin, and the sums of the counts of its minutes
     * @param freshness the time from the receipt of an event until its row was written; null where
     *     no row was written
     * @param recommendTimes the time to compute a list; null where none was computed
     * @param version the highest published version of the function that computed lists; 0 where
     *     that is not known
     * @param refusals refused events by code: the {@value #MAX_CODES} most frequent ones, and the
     *     rest as {@value #OTHER_CODES}; null where none was refused or codes are not counted
     */
    public record Step(
            Flow.Minute minute,
            Flow.@Nullable Percentiles freshness,
            Flow.@Nullable Percentiles recommendTimes,
            long version,
            @Nullable Map<String, Long> refusals) {
        /** Most codes of refusals of a step: some 150 bytes of each in which events are refused. */
        public static final int MAX_CODES = 5;

        /** What the refusals of further codes are counted as. */
        public static final String OTHER_CODES = "other";

        // Not compact: javac leaves out of the class file that parameters of a compact one of
        // nested types may be null.
        public Step(
                Flow.Minute minute,
                Flow.@Nullable Percentiles freshness,
                Flow.@Nullable Percentiles recommendTimes,
                long version,
                @Nullable Map<String, Long> refusals) {
            this.minute = minute;
            this.freshness = freshness;
            this.recommendTimes = recommendTimes;
            this.version = version;
            this.refusals = refusals == null || refusals.isEmpty() ? null : bounded(refusals);
        }

        private static Map<String, Long> bounded(Map<String, Long> refusals) {
            Map<String, Long> kept = new TreeMap<>();
            int named = 0;
            for (QualityReport.Refusal one : QualityReport.byCount(refusals)) {
                boolean isOther = one.code().equals(OTHER_CODES) || named == MAX_CODES;
                kept.merge(isOther ? OTHER_CODES : one.code(), one.count(), Long::sum);
                named += isOther ? 0 : 1;
            }
            return Collections.unmodifiableMap(kept);
        }

        /** Returns the begin of the step. */
        public Instant at() {
            return minute.at();
        }

        /**
         * Returns this step with what was measured of it later. Of percentiles the larger are
         * taken, which those of the whole do not exceed.
         */
        public Step plus(Step later) {
            Map<Count, Long> sums = new EnumMap<>(Count.class);
            sums.putAll(minute.counts());
            later.minute.counts().forEach((count, more) -> sums.merge(count, more, Long::sum));
            return new Step(
                    new Flow.Minute(at(), sums),
                    largest(freshness, later.freshness),
                    largest(recommendTimes, later.recommendTimes),
                    Math.max(version, later.version),
                    sum(refusals, later.refusals));
        }

        private static @Nullable Map<String, Long> sum(
                @Nullable Map<String, Long> one, @Nullable Map<String, Long> other) {
            if (one == null || other == null) {
                return one == null ? other : one;
            }
            Map<String, Long> sum = new TreeMap<>(one);
            other.forEach((code, more) -> sum.merge(code, more, Long::sum));
            return sum;
        }

        private static Flow.@Nullable Percentiles largest(
                Flow.@Nullable Percentiles one, Flow.@Nullable Percentiles other) {
            return one == null || other == null
                    ? one == null ? other : one
                    : new Flow.Percentiles(
                            Math.max(one.p50Ms(), other.p50Ms()),
                            Math.max(one.p99Ms(), other.p99Ms()));
        }
    }

    public FlowHistory {
        steps = List.copyOf(steps);
    }

    /**
     * What owners see of a history. What is not measured is null.
     *
     * @param source who measured; {@code none} where nobody does
     * @param from the begin of the first step that was asked for
     * @param step the length of a step
     * @param steps those in which something was measured, oldest first
     */
    public record Report(String source, Instant from, Duration step, List<Row> steps) {
        /** Most hours of an answer: 56 days. */
        static final int MAX_HOURS = 1_344;

        private static final int USUAL_HOURS = 24;

        /**
         * A step.
         *
         * @param requests null where no request is counted
         * @param refusals refused events by code, the most frequent first; null where none was
         *     refused or codes are not counted
         * @param failed the names of the health checks that the step fails by its counts
         * @param deployed whether the functions were deployed since the step before, as their
         *     version tells
         */
        public record Row(
                Instant at,
                long accepted,
                long refused,
                long quarantined,
                long duplicates,
                long lists,
                long degraded,
                Flow.@Nullable Percentiles freshness,
                Flow.@Nullable Percentiles recommend,
                FlowReport.@Nullable Requests requests,
                @Nullable List<QualityReport.Refusal> refusals,
                List<String> failed,
                boolean deployed) {
            private static Row of(Step step, boolean deployed) {
                Flow.Minute counts = step.minute();
                return new Row(
                        step.at(),
                        counts.get(Count.ACCEPTED),
                        counts.get(Count.REFUSED),
                        counts.get(Count.QUARANTINED),
                        counts.get(Count.DUPLICATES),
                        counts.get(Count.RECOMMENDATIONS),
                        counts.get(Count.DEGRADED),
                        step.freshness(),
                        step.recommendTimes(),
                        counts.get(Count.REQUESTS) > 0 ? FlowReport.Requests.of(counts) : null,
                        step.refusals() == null ? null : QualityReport.byCount(step.refusals()),
                        FlowChecks.failed(counts),
                        deployed);
            }
        }

        /**
         * Returns the steps of the last hours: of five minutes for up to 48 hours, else of an hour.
         *
         * @param parameters {@code hours}, 1 to {@value #MAX_HOURS}; by default {@value
         *     #USUAL_HOURS}
         * @throws InvalidQueryException if a parameter is unknown or no value of it
         */
        public static Report of(
                InsightSources sources, Map<String, String> parameters, Instant now) {
            int hours =
                    QueryParameters.of(parameters, "hours")
                            .whole("hours", 1, MAX_HOURS, USUAL_HOURS);
            Resolution resolution =
                    hours <= Resolution.FINE.reach.toHours() ? Resolution.FINE : Resolution.COARSE;
            Instant from =
                    resolution.begin(now).minus(Duration.ofHours(hours)).plus(resolution.step());
            Optional<FlowHistory> known = sources.measurements().history(resolution, now);
            return new Report(
                    known.map(of -> of.source().wireName()).orElse("none"),
                    from,
                    resolution.step(),
                    rows(known.map(FlowHistory::steps).orElse(List.of()), from));
        }

        private static List<Row> rows(List<Step> steps, Instant from) {
            List<Row> rows = new ArrayList<>();
            long version = Long.MAX_VALUE;
            for (Step step : steps) {
                if (!step.at().isBefore(from)) {
                    rows.add(Row.of(step, step.version() > version));
                }
                version = step.version() == 0 ? version : step.version();
            }
            return rows;
        }
    }
}
