package dev.freshet.insight;

import static dev.freshet.query.InvalidQueryException.require;

import dev.freshet.insight.OutcomeQuery.Dimension;
import dev.freshet.insight.OutcomeReport.AsOf;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.sums.OutcomeDay;
import dev.freshet.model.sums.OutcomeHistory.StoredOutcomes;
import dev.freshet.model.sums.OutcomeHours;
import dev.freshet.model.sums.OutcomePair;
import dev.freshet.model.sums.OutcomeSums;
import dev.freshet.model.sums.OutcomeSums.OutcomeCount;
import dev.freshet.model.sums.Outcomes;
import dev.freshet.model.vectors.Segment;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of one answer about outcomes, while they are summed up. Used by one thread. */
final class OutcomeRows {
    /** Most rows of an answer. */
    static final int MAX_ROWS = 5_000;

    private static final String SOURCES =
            "An item counts for each of its sources, so that rows do not add up to the total.";
    private static final String WITHHELD =
            "Days, and hours, on which the lists of a segment or placement, or of (others), may be"
                    + " of fewer people than the stack's kAnonymity are left out.";
    private static final String FEW =
            "Days of a placement that may be of fewer people than the stack's kAnonymity are summed"
                    + " as (others).";
    private static final String CROWDED =
            "Some placements are summed as (others): those that the option placements leaves out"
                    + " or, without it, those beyond the "
                    + Outcomes.MAX_PAIRS
                    + " placements and arms that a day has room for. Anybody with a publishable key"
                    + " can name one: name yours in the option placements.";

    /** In place of a part, the key of all parts. */
    private static final int WHOLE = -1;

    private final OutcomeQuery query;
    private final InsightSources sources;
    private final Versioned newest;
    private final TreeMap<Key, OutcomeSums> sums = new TreeMap<>();
    private final Set<Key> open = new HashSet<>();
    private OutcomeSums unattributed = OutcomeSums.NONE;
    private long unseenClicks;
    private final Set<String> notes = new TreeSet<>();

    /** Of the placements that are not told apart, by the key of all parts. */
    private final Map<Key, OutcomeSums> others = new HashMap<>();

    /**
     * What a row is of; 0 or empty where rows are not broken down by it.
     *
     * @param part of {@link OutcomeSums#part}
     */
    private record Key(long day, String placement, String arm, String segment, int part)
            implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparingLong(Key::day)
                        .thenComparing(Key::placement)
                        .thenComparing(Key::arm)
                        .thenComparing(Key::segment)
                        .thenComparingInt(Key::part);

        private Key ofPart(int other) {
            return new Key(day, placement, arm, segment, other);
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    OutcomeRows(OutcomeQuery query, InsightSources sources) {
        this.query = query;
        this.sources = sources;
        this.newest = sources.models().get();
    }

    /**
     * Returns the answer: the open days and the latest hours from the model, the other days by one
     * query of the table.
     */
    OutcomeReport report() {
        Outcomes outcomes = newest.model().outcomes();
        int from = Math.toIntExact(query.from().toEpochDay());
        int to = Math.toIntExact(query.to().toEpochDay());
        int lastClosed = outcomes.newest() < 0 ? to : outcomes.newest() - Outcomes.OPEN_DAYS;
        if (from <= Math.min(to, lastClosed)) {
            for (StoredOutcomes stored :
                    sources.outcomes().between(from, Math.min(to, lastClosed))) {
                add(stored.day(), stored.pair(), stored.sums(), false);
            }
        }
        for (OutcomeDay day : outcomes.days()) {
            if (day.day() >= from && day.day() <= to) {
                add(day.day(), null, day.unattributed(), true);
                day.pairs().forEach((pair, ofPair) -> add(day.day(), pair, ofPair, true));
            }
        }
        if (query.isByHour()) {
            return hours(outcomes.hours());
        }
        Map<String, String> names =
                query.isBySegment()
                        ? newest.model().segments().disclosed().stream()
                                .collect(Collectors.toMap(Segment::id, Segment::title))
                        : Map.of();
        others.values().removeIf(this::isOfEnough);
        if (sums.keySet().removeIf(key -> others.containsKey(key.ofPart(WHOLE)))) {
            notes.add(WITHHELD);
        }
        List<OutcomeReport.Row> rows = new ArrayList<>();
        sums.forEach((key, ofKey) -> rows.add(row(key, names, ofKey)));
        return report(rows, null);
    }

    /** Returns the kept hours of the question's days, of its placement or of all together. */
    private OutcomeReport hours(OutcomeHours hours) {
        List<OutcomeReport.Row> rows = new ArrayList<>();
        unseenClicks = 0;
        for (var hour : hours.sums().entrySet()) {
            Instant begin = begin(hour.getKey());
            LocalDate day = LocalDate.ofInstant(begin, ZoneOffset.UTC);
            OutcomeSums ofHour =
                    hour.getValue().entrySet().stream()
                            .filter(sums -> query.isOf(sums.getKey()))
                            .map(Map.Entry::getValue)
                            .reduce(OutcomeSums.NONE, OutcomeSums::plus);
            if (ofHour.isEmpty() || day.isBefore(query.from()) || day.isAfter(query.to())) {
                continue;
            }
            if (!isOfEnough(ofHour)) {
                notes.add(WITHHELD);
            } else {
                rows.add(
                        new OutcomeReport.Row(
                                null, begin, null, null, null, null, null, null, ofHour, false));
                unseenClicks += ofHour.get(OutcomeCount.UNSEEN_CLICKS);
            }
        }
        return report(rows, hours.sums().isEmpty() ? null : begin(hours.oldestKept()));
    }

    private OutcomeReport report(List<OutcomeReport.Row> rows, @Nullable Instant hoursFrom) {
        if (query.by().contains(Dimension.SOURCE)) {
            notes.add(SOURCES);
        }
        return new OutcomeReport(
                query.from(),
                query.to(),
                query.by().stream().sorted().toList(),
                rows,
                unseenClicks,
                OutcomeReport.Unattributed.of(unattributed),
                notes.isEmpty() ? null : String.join(" ", notes),
                hoursFrom,
                sources.counting(),
                AsOf.of(newest));
    }

    private static Instant begin(int hour) {
        return Instant.EPOCH.plus(hour, ChronoUnit.HOURS);
    }

    /**
     * Adds the sums of a day.
     *
     * @param pair null for what belongs to no known list
     * @param isOpen whether the day can still change
     */
    private void add(int day, @Nullable OutcomePair pair, OutcomeSums ofPair, boolean isOpen) {
        if (pair == null) {
            unattributed = unattributed.plus(ofPair);
            return;
        }
        if (!query.counts(pair) && !query.takes(pair)) {
            return;
        }
        String segment = pair.segment();
        boolean isFew = !isOfEnough(ofPair);
        if (isFew && (segment != null || query.placement() != null)) {
            notes.add(WITHHELD);
            return;
        }
        if (query.counts(pair)) {
            unseenClicks += ofPair.get(OutcomeCount.UNSEEN_CLICKS);
        }
        if (!query.takes(pair)) {
            return;
        }
        OutcomePair shown = isFew ? pair.amongOthers() : pair;
        if (query.by().contains(Dimension.PLACEMENT)
                && shown.placement().equals(OutcomePair.OTHERS)) {
            notes.add(pair.equals(shown) ? CROWDED : FEW);
            others.merge(key(day, shown, segment, WHOLE), ofPair, OutcomeSums::plus);
        }
        int first = query.by().contains(Dimension.POSITION) ? OutcomeSums.SOURCES : 0;
        int end =
                first > 0
                        ? OutcomeSums.PARTS
                        : query.by().contains(Dimension.SOURCE) ? OutcomeSums.SOURCES : 0;
        for (int part = first; part < end; part++) {
            OutcomeSums ofPart = ofPair.part(part);
            if (!ofPart.isEmpty()) {
                add(key(day, shown, segment, part), ofPart, isOpen);
            }
        }
        if (end == 0) {
            add(key(day, shown, segment, 0), ofPair, isOpen);
        }
    }

    /** Returns whether enough different people are behind sums for others to see them. */
    private boolean isOfEnough(OutcomeSums some) {
        return some.isOfUsers(newest.model().settings().kAnonymity());
    }

    private Key key(int day, OutcomePair pair, @Nullable String segment, int part) {
        return new Key(
                query.by().contains(Dimension.DAY) ? day : 0,
                query.by().contains(Dimension.PLACEMENT) ? pair.placement() : "",
                query.by().contains(Dimension.ARM) ? pair.arm() : "",
                Objects.requireNonNullElse(segment, ""),
                part);
    }

    private void add(Key key, OutcomeSums more, boolean isOpen) {
        sums.merge(key, more, OutcomeSums::plus);
        if (isOpen) {
            open.add(key);
        }
        require(
                sums.size() <= MAX_ROWS,
                "too-many-rows",
                "The answer would have more than "
                        + MAX_ROWS
                        + " rows; ask for fewer days or break it down by less.");
    }

    private OutcomeReport.Row row(Key key, Map<String, String> names, OutcomeSums ofKey) {
        Set<Dimension> by = query.by();
        return new OutcomeReport.Row(
                by.contains(Dimension.DAY) ? LocalDate.ofEpochDay(key.day()) : null,
                null,
                by.contains(Dimension.PLACEMENT) ? key.placement() : null,
                by.contains(Dimension.ARM) ? key.arm() : null,
                query.isBySegment() ? key.segment() : null,
                names.get(key.segment()),
                by.contains(Dimension.SOURCE) ? source(key.part()) : null,
                by.contains(Dimension.POSITION) ? key.part() - OutcomeSums.SOURCES + 1 : null,
                ofKey,
                !open.contains(key));
    }

    private static String source(int index) {
        return index < SignalFamilies.SOURCES
                ? SignalFamilies.source(index).wireName()
                : "source-" + index;
    }
}
