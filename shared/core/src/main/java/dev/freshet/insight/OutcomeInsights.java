package dev.freshet.insight;

import dev.freshet.insight.OutcomeQuery.Dimension;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.outcome.OutcomeCount;
import dev.freshet.model.outcome.OutcomeDay;
import dev.freshet.model.outcome.OutcomeHistory;
import dev.freshet.model.outcome.OutcomeHours;
import dev.freshet.model.outcome.OutcomePair;
import dev.freshet.model.outcome.OutcomeSums;
import dev.freshet.model.outcome.Outcomes;
import dev.freshet.model.outcome.StoredOutcomes;
import dev.freshet.model.segment.Segment;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.query.InvalidQueryException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions for outcomes: the open days and the latest hours from the model in memory, the
 * other days by one query of the Outcomes table.
 */
public final class OutcomeInsights {
    /** Most rows of an answer. */
    public static final int MAX_ROWS = 5_000;

    private static final Part SOURCE = new Part(OutcomeSums::ofSource, OutcomeSums::partOfSource);
    private static final Part POSITION =
            new Part(OutcomeSums::ofPosition, OutcomeSums::partOfPosition);
    private static final String SOURCES =
            "An item counts for each of its sources, so that rows do not add up to the total.";
    private static final String WITHHELD =
            "Days on which the lists of a segment may be of fewer people than the stack's"
                    + " kAnonymity are left out.";

    private final Supplier<Versioned> model;
    private final OutcomeHistory history;

    /**
     * Creates the answers over the model and the table.
     *
     * @param model returns the newest model
     */
    public OutcomeInsights(Supplier<Versioned> model, OutcomeHistory history) {
        this.model = model;
        this.history = history;
    }

    private record Key(long day, String placement, String arm, String segment, int part)
            implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparingLong(Key::day)
                        .thenComparing(Key::placement)
                        .thenComparing(Key::arm)
                        .thenComparing(Key::segment)
                        .thenComparingInt(Key::part);

        private Key of(int index) {
            return new Key(day, placement, arm, segment, index);
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private static final class Rows {
        private final TreeMap<Key, OutcomeSums> sums = new TreeMap<>();
        private final TreeMap<Key, Boolean> open = new TreeMap<>();
        private OutcomeSums unattributed = OutcomeSums.NONE;
        private long unseenClicks;
        private boolean withheld;

        private void add(Key key, OutcomeSums more, boolean isOpen) {
            sums.merge(key, more, OutcomeSums::plus);
            open.merge(key, isOpen, Boolean::logicalOr);
            if (sums.size() > MAX_ROWS) {
                throw new InvalidQueryException(
                        "too-many-rows",
                        "The answer would have more than "
                                + MAX_ROWS
                                + " rows; ask for fewer days or break it down by less.");
            }
        }
    }

    /**
     * Answers one question.
     *
     * @throws InvalidQueryException if the answer would have more than {@value #MAX_ROWS} rows
     * @throws dev.freshet.store.StoreUnavailableException if the table does not answer
     */
    public OutcomeReport answer(OutcomeQuery query) {
        Versioned newest = model.get();
        Outcomes open = newest.model().outcomes();
        long from = query.from().toEpochDay();
        long to = query.to().toEpochDay();
        long firstOpen =
                open.newest() < 0 ? Long.MAX_VALUE : open.newest() - Outcomes.OPEN_DAYS + 1L;
        int k = newest.model().settings().kAnonymity();
        Rows rows = new Rows();
        long lastStored = Math.min(to, firstOpen - 1);
        if (from <= lastStored) {
            for (StoredOutcomes stored :
                    history.between(Math.toIntExact(from), Math.toIntExact(lastStored))) {
                add(rows, query, k, stored.day(), stored.pair(), stored.sums(), false);
            }
        }
        for (OutcomeDay day : open.days()) {
            if (day.day() >= from && day.day() <= to) {
                add(rows, query, k, day.day(), null, day.unattributed(), true);
                day.pairs()
                        .forEach((pair, sums) -> add(rows, query, k, day.day(), pair, sums, true));
            }
        }
        if (query.isByHour()) {
            return hours(query, newest, rows);
        }
        Map<String, String> names =
                query.isBySegment()
                        ? newest.model().segments().told().stream()
                                .collect(Collectors.toMap(Segment::id, Segment::title))
                        : Map.of();
        List<OutcomeReport.Row> all = new ArrayList<>();
        rows.sums.forEach(
                (key, sums) ->
                        all.add(row(query, key, names, sums, !rows.open.getOrDefault(key, true))));
        return report(query, all, rows, newest, null);
    }

    /** Returns the kept hours of the question's placement and days. */
    private static OutcomeReport hours(OutcomeQuery query, Versioned newest, Rows ofDays) {
        OutcomeHours hours = newest.model().outcomes().hours();
        List<OutcomeReport.Row> rows = new ArrayList<>();
        String placement = Objects.requireNonNull(query.placement());
        ofDays.unseenClicks = 0;
        for (var hour : hours.sums().entrySet()) {
            Instant begin = begin(hour.getKey());
            LocalDate day = LocalDate.ofInstant(begin, ZoneOffset.UTC);
            OutcomeSums sums = hour.getValue().get(placement);
            if (sums != null && !day.isBefore(query.from()) && !day.isAfter(query.to())) {
                rows.add(
                        new OutcomeReport.Row(
                                null, begin, null, null, null, null, null, null, sums, false));
                ofDays.unseenClicks += sums.get(OutcomeCount.UNSEEN_CLICKS);
            }
        }
        return report(
                query,
                rows,
                ofDays,
                newest,
                hours.sums().isEmpty() ? null : begin(hours.oldestKept()));
    }

    private static OutcomeReport report(
            OutcomeQuery query,
            List<OutcomeReport.Row> all,
            Rows rows,
            Versioned newest,
            @Nullable Instant hoursFrom) {
        return new OutcomeReport(
                query.from(),
                query.to(),
                query.by().stream().sorted().toList(),
                all,
                rows.unseenClicks,
                OutcomeReport.Unattributed.of(rows.unattributed),
                rows.withheld ? WITHHELD : query.by().contains(Dimension.SOURCE) ? SOURCES : null,
                hoursFrom,
                AsOf.of(newest));
    }

    private static Instant begin(int hour) {
        return Instant.EPOCH.plus(hour, ChronoUnit.HOURS);
    }

    private static void add(
            Rows rows,
            OutcomeQuery query,
            int k,
            int day,
            @Nullable OutcomePair pair,
            OutcomeSums sums,
            boolean isOpen) {
        if (pair == null) {
            rows.unattributed = rows.unattributed.plus(sums);
            return;
        }
        if (query.counts(pair)) {
            rows.unseenClicks += sums.get(OutcomeCount.UNSEEN_CLICKS);
        }
        if (!query.takes(pair)) {
            return;
        }
        String segment = pair.segment();
        if (segment != null && !sums.isOfUsers(k)) {
            rows.withheld = true;
            return;
        }
        Key key =
                new Key(
                        query.by().contains(Dimension.DAY) ? day : 0,
                        query.by().contains(Dimension.PLACEMENT) ? pair.placement() : "",
                        query.by().contains(Dimension.ARM) ? pair.arm() : "",
                        segment == null ? "" : segment,
                        0);
        if (query.by().contains(Dimension.SOURCE)) {
            for (int source = 0; source < OutcomeSums.SOURCES; source++) {
                part(rows, key.of(source), sums, SOURCE, isOpen);
            }
        } else if (query.by().contains(Dimension.POSITION)) {
            for (int position = 0; position < OutcomeSums.POSITIONS; position++) {
                part(rows, key.of(position), sums, POSITION, isOpen);
            }
        } else {
            rows.add(key, sums, isOpen);
        }
    }

    /** What rows by source, or by position, are made of. */
    private record Part(Count count, IntUnaryOperator buckets) {
        private interface Count {
            long of(OutcomeSums sums, int index, OutcomeCount count);
        }
    }

    /** Adds the sums of one source or position, whose buckets are of places and clicks on them. */
    private static void part(Rows rows, Key key, OutcomeSums sums, Part part, boolean isOpen) {
        OutcomeSums.Draft of = OutcomeSums.NONE.draft();
        for (OutcomeCount count : OutcomeSums.brokenDown()) {
            of.add(count, part.count().of(sums, key.part(), count));
        }
        int at = part.buckets().applyAsInt(key.part());
        for (int bucket = 0; bucket < OutcomeSums.BUCKETS; bucket++) {
            of.addOfBucket(bucket, sums.placesOfPart(at, bucket), sums.clicksOfPart(at, bucket));
        }
        OutcomeSums sealed = of.seal();
        if (!sealed.isEmpty()) {
            rows.add(key, sealed, isOpen);
        }
    }

    private static OutcomeReport.Row row(
            OutcomeQuery query,
            Key key,
            Map<String, String> names,
            OutcomeSums sums,
            boolean isFinal) {
        return new OutcomeReport.Row(
                query.by().contains(Dimension.DAY) ? LocalDate.ofEpochDay(key.day()) : null,
                null,
                query.by().contains(Dimension.PLACEMENT) ? key.placement() : null,
                query.by().contains(Dimension.ARM) ? key.arm() : null,
                query.isBySegment() ? key.segment() : null,
                names.get(key.segment()),
                query.by().contains(Dimension.SOURCE) ? source(key.part()) : null,
                query.by().contains(Dimension.POSITION) ? key.part() + 1 : null,
                sums,
                isFinal);
    }

    private static String source(int index) {
        return index < SignalFamilies.SOURCES
                ? SignalFamilies.source(index).wireName()
                : "source-" + index;
    }
}
