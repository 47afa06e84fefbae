package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Method.Entrant;
import dev.freshet.bench.evaluate.Moments.Moment;
import dev.freshet.bench.evaluate.Report.Entry;
import dev.freshet.bench.evaluate.Scoreboard.Column;
import dev.freshet.event.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** What a protocol reports: facts about the data, figures, and series of figures for plots. */
abstract class Sheet {
    static final String RECALL = "recall@10";
    private static final String REPEATS_RECALL = "repeatsRecall@10";
    private static final String REPEATS_MRR = "repeatsMrr@10";

    private final String dataset;
    private final String protocol;
    private final SequencedMap<String, Object> facts = new LinkedHashMap<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<Figure> measured = new ArrayList<>();
    private final SequencedMap<String, String> columns = new LinkedHashMap<>();
    private final SequencedMap<String, List<String>> axes = new LinkedHashMap<>();

    Sheet(String dataset, String protocol) {
        this.dataset = dataset;
        this.protocol = protocol;
    }

    /** Adds a property of the evaluation. */
    final void fact(String name, Object fact) {
        facts.put(name, fact);
    }

    /** Adds a figure and, if it has a heading, its column of the table. */
    final Figure add(Figure figure) {
        figures.add(figure);
        column(figure.name(), figure.heading());
        return figure;
    }

    final void column(String figure, String heading) {
        if (!heading.isEmpty()) {
            columns.put(figure, heading);
        }
    }

    /** Adds a figure that has an interval. */
    final Figure measure(Figure figure) {
        measured.add(figure);
        return figure;
    }

    final void axis(String series, List<String> labels) {
        axes.put(series, labels);
    }

    /** Returns the notes on the figures. */
    abstract List<String> notes(Entry leading);

    /** Adds series, and figures that are no means over moments, to the entry of boards. */
    abstract void addTo(Entry entry, List<Scoreboard> boards);

    /** Returns the results of one entrant by its board of each plan, as means of the plans. */
    final Entry entry(List<Scoreboard> boards) {
        SequencedMap<String, Double> means = new LinkedHashMap<>();
        for (Figure figure : figures) {
            means.put(figure.name(), boards.stream().mapToDouble(figure::of).average().orElse(0));
        }
        Entrant entrant = boards.getFirst().entrant();
        Entry entry =
                new Entry(
                        entrant.name(),
                        entrant.kind(),
                        means,
                        new LinkedHashMap<>(),
                        measured.stream().map(figure -> figure.measure(boards)).toList());
        addTo(entry, boards);
        return entry;
    }

    /** Adds the figures of a list that ranks repeats too. */
    final void addRepeats(Entry entry, Scoreboard board) {
        entry.figures().put(REPEATS_RECALL, figures.get(0).of(board));
        entry.figures().put(REPEATS_MRR, figures.get(1).of(board));
    }

    final Report report(List<Entry> entries, List<String> notes, long seed) {
        return new Report(
                dataset,
                protocol,
                facts,
                notes,
                columns,
                entries,
                Comparison.of(entries, new Bootstrap(seed)),
                axes);
    }

    private static String sample(int every) {
        return every == 1 ? "" : ", a sample: one of " + every;
    }

    private static void addUnread(List<String> notes, Trace trace) {
        if (trace.unreadLines() > 0) {
            notes.add("%,d lines could not be read.".formatted(trace.unreadLines()));
        }
    }

    /** Each interaction of a stream is ranked, then learned. */
    static final class OfStream extends Sheet {
        private static final String OVER_STREAM = "recall@10OverStream";
        private static final String BY_HISTORY = "recall@10ByHistory";

        private final Plan plan;
        private final Moments moments;
        private final Figure recall;

        OfStream(String dataset, Plan plan, Moments moments, long seed) {
            super(dataset, plan.protocol());
            this.plan = plan;
            this.moments = moments;
            boolean repeats = plan.rules().repeats();
            recall = measure(hits("recall@10", "Recall@10", Moments.WHOLE));
            measure(reciprocals("mrr@10", "MRR@10", Moments.WHOLE));
            measure(hits("thinRecall@10", "thin", Moments.THIN));
            reciprocals("thinMrr@10", "", Moments.THIN);
            if (repeats) {
                both("first", "first", Moment::first);
                both("repeated", "repeated", moment -> !moment.first());
            }
            for (EventType type : moments.types()) {
                String name = type.wireName();
                measure(hits(name + "Recall@10", name, moment -> moment.has(type)));
                measure(reciprocals(name + "Mrr@10", "", moment -> moment.has(type)));
            }
            both("newItem", "new items", Moments.NEW_ITEMS);
            both("last70", "last 70 %", Moments.LATE);
            column("coverage@10", "coverage");
            column("novelty@10", "novelty");
            axis(OVER_STREAM, Slices.overStream().labels());
            axis(BY_HISTORY, Slices.byHistory().labels());
            addFacts(seed);
        }

        private void addFacts(long seed) {
            Trace trace = plan.trace();
            fact("seed", seed);
            fact("events", trace.steps().size());
            fact("people", trace.people());
            fact("items", trace.items());
            fact("moments", moments.size());
            fact("everyNth", plan.rules().every());
            fact("neverSeen", moments.count(Moments.UNSEEN_ITEMS));
            fact("thinMoments", moments.count(Moments.THIN));
            fact("newItemMoments", moments.count(Moments.NEW_ITEMS));
            fact("repeats", trace.repeats());
            fact("repeatsRanked", plan.rules().repeats());
            fact("badLines", trace.unreadLines());
            for (EventType type : moments.types()) {
                fact(type.wireName() + "Moments", moments.count(moment -> moment.has(type)));
            }
            fact("momentsByHistory", Slices.byHistory().counts(moments));
        }

        private Figure hits(String name, String heading, Predicate<Moment> part) {
            return add(Figure.hits(name, heading, part, 10));
        }

        private Figure reciprocals(String name, String heading, Predicate<Moment> part) {
            return add(Figure.reciprocals(name, heading, part, 10));
        }

        private void both(String name, String heading, Predicate<Moment> part) {
            hits(name + "Recall@10", heading, part);
            reciprocals(name + "Mrr@10", "", part);
        }

        @Override
        void addTo(Entry entry, List<Scoreboard> boards) {
            Scoreboard board = boards.getFirst();
            double all = Math.max(1, plan.trace().items());
            entry.figures().put("coverage@10", board.distinctShown() / all);
            entry.figures().put("novelty@10", board.novelty());
            entry.series().put(OVER_STREAM, Slices.overStream().of(recall, board));
            entry.series().put(BY_HISTORY, Slices.byHistory().of(recall, board));
        }

        @Override
        List<String> notes(Entry leading) {
            Trace trace = plan.trace();
            List<String> notes = new ArrayList<>();
            notes.add(
                    "%,d events of %,d people on %,d items, tested, then learned; %,d %s ranked%s."
                            .formatted(
                                    trace.steps().size(),
                                    trace.people(),
                                    trace.items(),
                                    moments.size(),
                                    plan.rules().repeats()
                                            ? "interactions, repeats among them,"
                                            : "first interactions",
                                    sample(plan.rules().every())));
            addUnread(notes, trace);
            if (leading.figures().containsKey(REPEATS_RECALL)) {
                notes.add(
                        String.format(
                                Locale.ROOT,
                                "With repeats ranked too, among all items known so far: Recall@10"
                                        + " %.4f, MRR@10 %.4f.",
                                leading.figure(REPEATS_RECALL),
                                leading.figure(REPEATS_MRR)));
            }
            return notes;
        }
    }

    /**
     * The first part of a stream is learned, then the rest ranked. With one item to be foreseen,
     * the next one: the hit rate is the share of moments at which it is among the first k, MRR the
     * mean of one over its rank, NDCG that of 1 / log₂(1 + rank), both 0 beyond k. Recall is the
     * mean share that the first k hold of all that the person goes on to interact with in the test.
     */
    static final class OfTest extends Sheet {
        static final List<String> MEASURED =
                List.of("hr@20", "mrr@20", "ndcg@20", "recall@20", "hr@10", "mrr@10");

        private final Plan plan;
        private final Moments moments;

        OfTest(String dataset, Plan plan, Moments moments, long seed) {
            super(dataset, plan.protocol());
            this.plan = plan;
            this.moments = moments;
            Map<String, Figure> all = new HashMap<>();
            for (String name : List.of("HR", "MRR", "NDCG", "Recall")) {
                for (int depth : List.of(5, 10, 20)) {
                    String heading = name + "@" + depth;
                    Figure figure = figure(heading.toLowerCase(Locale.ROOT), heading, depth);
                    all.put(figure.name(), add(figure));
                }
            }
            MEASURED.forEach(name -> measure(Objects.requireNonNull(all.get(name))));
            Trace trace = plan.trace();
            fact("seed", seed);
            fact("events", trace.steps().size());
            fact("people", trace.people());
            fact("items", trace.items());
            fact("learnedBefore", plan.before().size());
            fact("tested", plan.test().size());
            fact("moments", moments.size());
            fact("everyNth", plan.rules().every());
            fact("neverSeen", moments.count(Moments.UNSEEN_ITEMS));
            fact("frozen", plan.isFrozen());
            fact("repeatsRanked", plan.rules().repeats());
            fact("sessions", plan.rules().sessions());
            fact("badLines", trace.unreadLines());
        }

        private static Figure figure(String name, String heading, int depth) {
            if (name.startsWith("hr")) {
                return Figure.hits(name, heading, Moments.WHOLE, depth);
            }
            if (name.startsWith("mrr")) {
                return Figure.reciprocals(name, heading, Moments.WHOLE, depth);
            }
            return name.startsWith("ndcg")
                    ? new Figure(
                            name,
                            heading,
                            Figure.Sense.GAIN,
                            Moments.WHOLE,
                            (board, at) ->
                                    board.hit(at, depth)
                                            ? Math.log(2) / Math.log(1 + board.rank(at))
                                            : 0)
                    : Figure.mean(
                            name,
                            heading,
                            switch (depth) {
                                case 5 -> Column.RECALL_5;
                                case 10 -> Column.RECALL_10;
                                default -> Column.RECALL_20;
                            });
        }

        @Override
        void addTo(Entry entry, List<Scoreboard> boards) {}

        @Override
        List<String> notes(Entry leading) {
            Trace trace = plan.trace();
            Plan.Rules rules = plan.rules();
            List<String> notes = new ArrayList<>();
            notes.add(
                    ("%,d events of %,d %s on %,d items learned, then %,d tested, %s; %,d"
                                    + " interactions ranked%s, %s%s.")
                            .formatted(
                                    plan.before().size(),
                                    trace.people(),
                                    rules.sessions() ? "sessions" : "people",
                                    trace.items(),
                                    plan.test().size(),
                                    plan.isFrozen() ? "the model frozen" : "learning on",
                                    moments.size(),
                                    sample(rules.every()),
                                    rules.repeats() ? "repeats among them" : "first ones alone",
                                    rules.sessions() ? ", none that begins a session" : ""));
            notes.add(
                    "%,d of them are of items that nobody interacted with before, which are misses."
                            .formatted(moments.count(Moments.UNSEEN_ITEMS)));
            if (plan.protocol().equals(Plan.LEAVE_LAST_ONE_OUT)) {
                notes.add(
                        "Not temporal: what others did after a held-out interaction is learned"
                                + " too.");
            }
            addUnread(notes, trace);
            return notes;
        }
    }

    /**
     * Train lines are learned, then all items ranked for the users of the test lines. Recall@20 and
     * NDCG@20 as in LightGCN's evaluation: found ÷ all test items; gain 1 for each found item,
     * discounted by log₂(1 + rank), over the best possible; means over users.
     */
    static final class OfSplit extends Sheet {
        static final String RECALL = "recall@20";
        private static final String NDCG = "ndcg@20";

        private final Figure recall = add(Figure.mean(RECALL, "Recall@20", Column.RECALL_20));
        private final Figure gain = add(Figure.mean(NDCG, "NDCG@20", Column.GAIN));
        private final String learned;

        /** Creates the sheet of a split over orders with consecutive seeds. */
        OfSplit(List<Plan> orders, Moments moments, long seed) {
            super("gowalla", "split");
            measure(recall);
            measure(gain);
            Plan last = orders.getLast();
            int every = last.rules().every();
            long items =
                    last.before().stream()
                            .mapToInt(step -> step.interaction().item())
                            .max()
                            .orElse(-1);
            List<Long> seeds = LongStream.range(seed, seed + orders.size()).boxed().toList();
            fact("seeds", seeds);
            fact("pairs", last.before().size());
            fact("items", items + 1);
            fact("users", moments.size());
            fact("everyNth", every);
            List<String> labels = seeds.stream().map(String::valueOf).toList();
            axis(RECALL + "BySeed", labels);
            axis(NDCG + "BySeed", labels);
            learned =
                    ("%,d pairs learned in one pass, in batches of %,d and %d seeded order%s; %,d"
                                    + " users evaluated%s; all %,d items ranked.")
                            .formatted(
                                    last.before().size(),
                                    last.batch(),
                                    orders.size(),
                                    orders.size() == 1 ? "" : "s",
                                    moments.size(),
                                    sample(every),
                                    items + 1);
        }

        @Override
        void addTo(Entry entry, List<Scoreboard> boards) {
            entry.series().put(RECALL + "BySeed", boards.stream().map(recall::of).toList());
            entry.series().put(NDCG + "BySeed", boards.stream().map(gain::of).toList());
        }

        @Override
        List<String> notes(Entry leading) {
            return List.of(
                    learned,
                    "The split is not temporal: test items need not be later than train items.");
        }
    }
}
