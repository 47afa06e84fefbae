package dev.freshet.testkit;

import dev.freshet.bytes.ByteSink;
import dev.freshet.model.Model;
import dev.freshet.model.basket.Baskets;
import dev.freshet.model.basket.CountedEvents;
import dev.freshet.model.history.BasketEntries;
import dev.freshet.model.part.CountedEvent;
import dev.freshet.model.popularity.Counts;
import dev.freshet.model.popularity.Decay;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.ModelTotals;
import dev.freshet.model.popularity.ScopeCounts;
import dev.freshet.model.sums.OutcomeDay;
import dev.freshet.model.sums.OutcomeSums;
import dev.freshet.model.sums.OutcomesForm;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parts of a model that are sums, listed under ids of items instead of their dense numbers. Two
 * models that learned the same examples have equal parts, in whatever order the users' events were
 * interleaved, as long as no bound evicts anything; the entries of a basket are in order of their
 * items' ids. Of decayed counts only what still counts by the model's clock is listed, since what a
 * row dropped before depends on the order of arrival. Left out are the windows of trends, which by
 * design do not count events two windows late, and tables that hold the latest few of many entries.
 *
 * <p>Several models that learned disjoint parts of the users have together the parts of one that
 * learned all of them: sums add up, of times and marks the latest holds, and baskets are disjoint.
 */
public final class AdditiveParts {
    private final Instant clock;
    private final SortedMap<String, Long> numbers = new TreeMap<>();
    private final SortedMap<String, BigInteger> marks = new TreeMap<>();
    private final SortedMap<String, Living> living = new TreeMap<>();
    private final SortedMap<String, OutcomeSums> outcomes = new TreeMap<>();
    private final SortedMap<String, String> lines = new TreeMap<>();
    private Model model = Model.EMPTY;

    /** The sums of the generation of the clock and of the one before it. */
    private record Living(int generation, long present, long before) {
        private Living plus(Living other) {
            return new Living(generation, present + other.present, before + other.before);
        }

        private boolean isNothing() {
            return present == 0 && before == 0;
        }

        @Override
        public String toString() {
            return generation + ":" + present + "," + before;
        }
    }

    private AdditiveParts(Instant clock) {
        this.clock = clock;
    }

    /** Returns the sums of a model by a text that names each, with their stored values. */
    public static SortedMap<String, String> of(Model model) {
        return of(List.of(model));
    }

    /**
     * Returns the sums that models of disjoint users have together.
     *
     * @throws IllegalArgumentException if two of them have a basket of one user
     */
    public static SortedMap<String, String> of(List<Model> models) {
        AdditiveParts parts =
                new AdditiveParts(
                        models.stream()
                                .map(Model::clock)
                                .max(Comparator.naturalOrder())
                                .orElseThrow());
        models.forEach(parts::add);
        parts.numbers.forEach((what, value) -> parts.lines.put(what, Long.toString(value)));
        parts.marks.forEach((shard, mark) -> parts.lines.put("mark " + shard, mark.toString()));
        parts.living.forEach((what, sums) -> parts.lines.put(what, sums.toString()));
        parts.outcomes.forEach((what, sums) -> parts.lines.put(what, hex(sums)));
        return parts.lines;
    }

    private void add(Model part) {
        model = part;
        totals();
        items();
        scopes();
        baskets();
        outcomes();
    }

    private void totals() {
        ModelTotals totals = model.totals();
        totals.interactions().forEach((type, count) -> put("total " + type, count));
        put("total retractions", totals.retractions());
        put("total merges", totals.merges());
        put("total forgets", totals.forgets());
        latest("clock", model.clock().toEpochMilli());
        model.marks().byShard().forEach((shard, mark) -> marks.merge(shard, mark, BigInteger::max));
    }

    private void outcomes() {
        for (OutcomeDay day : model.outcomes().days()) {
            outcome("day " + day.day() + " unattributed", day.unattributed());
            day.pairs().forEach((pair, sums) -> outcome("day " + day.day() + " " + pair, sums));
        }
        model.outcomes()
                .hours()
                .sums()
                .forEach(
                        (hour, placements) ->
                                placements.forEach(
                                        (placement, sums) ->
                                                outcome("hour " + hour + " " + placement, sums)));
    }

    private void outcome(String what, OutcomeSums sums) {
        outcomes.merge(what, sums, OutcomeSums::plus);
    }

    private static String hex(OutcomeSums sums) {
        ByteSink out = new ByteSink(256);
        OutcomesForm.SUMS.write(sums, out);
        return sums + " " + HexFormat.of().formatHex(out.toBytes());
    }

    private void items() {
        for (int item = 0; item < model.items().size(); item++) {
            String id = "item " + id(item);
            latest(id + " last", model.items().last(item));
            put(id + " people", model.counts().totals().get(item));
            put(id + " ratings", model.ratingCounts().counts().get(item));
            put(id + " stars", model.ratingCounts().sums().get(item));
            if (model.items().catalogued(item)) {
                latest(id + " version", model.items().item(item).version());
            } else {
                numbers.merge(
                        id + " known since", (long) model.items().knownSince(item), Math::min);
            }
            for (HalfLife halfLife : HalfLife.values()) {
                int row = Counts.row(item, halfLife);
                living.merge(
                        id + " over " + halfLife,
                        living(
                                halfLife,
                                model.counts().states().get(row),
                                model.counts().sums().get(2 * row),
                                model.counts().sums().get(2 * row + 1)),
                        Living::plus);
            }
        }
    }

    private void scopes() {
        model.scoped()
                .sorted()
                .forEach(
                        (scope, counts) -> {
                            for (int order : counts.sorted()) {
                                String name = scope + " " + id(counts.item(order));
                                scoped(name + " lately", ScopeCounts.SHORT, counts, order, 0);
                                scoped(name + " for days", ScopeCounts.LONG, counts, order, 1);
                            }
                        });
    }

    private void scoped(String name, HalfLife halfLife, ScopeCounts counts, int order, int which) {
        Living sums =
                living(
                        halfLife,
                        counts.state(order, which),
                        counts.sum(order, 2 * which),
                        counts.sum(order, 2 * which + 1));
        if (!sums.isNothing()) {
            living.merge(name, sums, Living::plus);
        }
    }

    private Living living(HalfLife halfLife, int state, long even, long odd) {
        int present = Decay.generation(clock.getEpochSecond(), halfLife);
        long[] sums = new long[2];
        for (int back = 0; back < 2; back++) {
            int generation = present - back;
            boolean kept =
                    generation == Decay.newest(state) || generation == Decay.newest(state) - 1;
            sums[back] = !kept ? 0 : (generation & 1) == 0 ? even : odd;
        }
        return new Living(present, sums[0], sums[1]);
    }

    private void baskets() {
        Baskets baskets = model.baskets();
        for (int link = baskets.activity().oldest();
                link != 0;
                link = baskets.activity().newer().get(link - 1)) {
            int[] basket = baskets.basket(link - 1);
            List<String> entries = new ArrayList<>();
            for (int at = 0; at < BasketEntries.size(basket); at++) {
                entries.add(
                        "%s last %s counted %s units %s events %s stars %s"
                                .formatted(
                                        id(BasketEntries.item(basket, at)),
                                        BasketEntries.lastInteractionAt(basket, at),
                                        BasketEntries.countedAt(basket, at),
                                        BasketEntries.units(basket, at),
                                        BasketEntries.events(basket, at),
                                        BasketEntries.halfStars(basket, at)));
            }
            for (CountedEvent one : CountedEvents.all(basket, baskets.earlier(link - 1))) {
                entries.add(
                        "counted " + id(one.item()) + " at " + one.time() + " in " + one.place());
            }
            Collections.sort(entries);
            String user = "basket " + Long.toHexString(baskets.keys().get(link - 1));
            if (lines.put(user, entries.toString()) != null) {
                throw new IllegalArgumentException("two parts have the " + user);
            }
        }
    }

    private String id(int item) {
        return model.items().id(item);
    }

    private void put(String what, long value) {
        numbers.merge(what, value, Long::sum);
    }

    private void latest(String what, long value) {
        numbers.merge(what, value, Math::max);
    }
}
