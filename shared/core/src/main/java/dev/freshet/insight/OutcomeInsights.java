package dev.freshet.insight;

import dev.freshet.insight.OutcomeQuery.Dimension;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.outcome.OutcomeCount;
import dev.freshet.model.outcome.OutcomeDay;
import dev.freshet.model.outcome.OutcomeHistory;
import dev.freshet.model.outcome.OutcomePair;
import dev.freshet.model.outcome.OutcomeSums;
import dev.freshet.model.outcome.Outcomes;
import dev.freshet.model.outcome.StoredOutcomes;
import dev.freshet.query.InvalidQueryException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions for outcomes: the open days from the model in memory, the others by one query
 * of the Outcomes table.
 */
public final class OutcomeInsights {
    /** Most rows of an answer. */
    public static final int MAX_ROWS = 5_000;

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

    private record Key(long day, String placement, String arm, int part)
            implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparingLong(Key::day)
                        .thenComparing(Key::placement)
                        .thenComparing(Key::arm)
                        .thenComparingInt(Key::part);

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
        Rows rows = new Rows();
        long lastStored = Math.min(to, firstOpen - 1);
        if (from <= lastStored) {
            for (StoredOutcomes stored :
                    history.between(Math.toIntExact(from), Math.toIntExact(lastStored))) {
                add(rows, query, stored.day(), stored.pair(), stored.sums(), false);
            }
        }
        for (OutcomeDay day : open.days()) {
            if (day.day() >= from && day.day() <= to) {
                add(rows, query, day.day(), null, day.unattributed(), true);
                day.pairs().forEach((pair, sums) -> add(rows, query, day.day(), pair, sums, true));
            }
        }
        List<OutcomeReport.Row> all = new ArrayList<>();
        rows.sums.forEach(
                (key, sums) -> all.add(row(query, key, sums, !rows.open.getOrDefault(key, true))));
        return new OutcomeReport(
                query,
                all,
                rows.unseenClicks,
                rows.unattributed,
                newest.version(),
                newest.model().clock());
    }

    private static void add(
            Rows rows,
            OutcomeQuery query,
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
        Key key =
                new Key(
                        query.by().contains(Dimension.DAY) ? day : 0,
                        query.by().contains(Dimension.PLACEMENT) ? pair.placement() : "",
                        query.by().contains(Dimension.ARM) ? pair.arm() : "",
                        0);
        if (query.by().contains(Dimension.SOURCE)) {
            parts(rows, key, sums, OutcomeSums.SOURCES, OutcomeSums::ofSource, isOpen);
        } else if (query.by().contains(Dimension.POSITION)) {
            parts(rows, key, sums, OutcomeSums.POSITIONS, OutcomeSums::ofPosition, isOpen);
        } else {
            rows.add(key, sums, isOpen);
        }
    }

    private interface Part {
        long of(OutcomeSums sums, int index, OutcomeCount count);
    }

    private static void parts(
            Rows rows, Key key, OutcomeSums sums, int parts, Part part, boolean isOpen) {
        for (int index = 0; index < parts; index++) {
            OutcomeSums.Draft of = OutcomeSums.NONE.draft();
            for (OutcomeCount count : OutcomeSums.brokenDown()) {
                of.add(count, part.of(sums, index, count));
            }
            OutcomeSums sealed = of.seal();
            if (!sealed.isEmpty()) {
                rows.add(new Key(key.day(), key.placement(), key.arm(), index), sealed, isOpen);
            }
        }
    }

    private static OutcomeReport.Row row(
            OutcomeQuery query, Key key, OutcomeSums sums, boolean isFinal) {
        return new OutcomeReport.Row(
                query.by().contains(Dimension.DAY) ? LocalDate.ofEpochDay(key.day()) : null,
                query.by().contains(Dimension.PLACEMENT) ? key.placement() : null,
                query.by().contains(Dimension.ARM) ? key.arm() : null,
                query.by().contains(Dimension.SOURCE) ? key.part() : null,
                query.by().contains(Dimension.POSITION) ? key.part() : null,
                sums,
                isFinal);
    }
}
