package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.bench.evaluate.Bootstrap.Measure;
import dev.freshet.bench.evaluate.Method.Entrant;
import dev.freshet.bench.evaluate.Moments.Moment;
import dev.freshet.bench.evaluate.Moments.Slices;
import dev.freshet.bench.evaluate.Report.Entry;
import dev.freshet.bench.evaluate.Scoreboard.Column;
import dev.freshet.console.Text;
import dev.freshet.event.EventType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/**
 * What a protocol reports: facts about the data, notes on the figures, figures, and series of
 * figures for plots.
 */
final class Sheet {
    private static final String REPEATS_RECALL = "repeatsRecall@10";
    private static final String REPEATS_MRR = "repeatsMrr@10";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String dataset;
    private final String protocol;
    private final SequencedMap<String, Object> facts = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final SequencedMap<String, ToDoubleFunction<Scoreboard>> figures =
            new LinkedHashMap<>();
    private final List<Figure> measured = new ArrayList<>();
    private final SequencedMap<String, String> columns = new LinkedHashMap<>();
    private final SequencedMap<String, Function<List<Scoreboard>, List<Double>>> series =
            new LinkedHashMap<>();
    private final SequencedMap<String, List<String>> axes = new LinkedHashMap<>();

    Sheet(String dataset, String protocol) {
        this.dataset = dataset;
        this.protocol = protocol;
    }

    /** Adds a property of the evaluation. */
    Sheet fact(String name, Object fact) {
        facts.put(name, fact);
        return this;
    }

    /** Adds a note, a template of {@link Text#filled} with the facts so far. */
    Sheet note(String template) {
        notes.add(Text.filled(JSON.valueToTree(facts), template));
        return this;
    }

    /** Adds a figure and, if it has a heading, its column of the table. */
    private void add(String name, String heading, ToDoubleFunction<Scoreboard> figure) {
        figures.put(name, figure);
        if (!heading.isEmpty()) {
            columns.put(name, heading);
        }
    }

    private void add(Figure figure) {
        add(figure.name(), figure.heading(), figure::of);
    }

    /** Adds a figure that has an interval. */
    Figure measure(Figure figure) {
        add(figure);
        measured.add(figure);
        return figure;
    }

    /** Adds a series of the figures of each slice. */
    void slices(String name, Slices slices, Figure figure) {
        series.put(name, boards -> slices.of(figure, boards.getFirst()));
        axes.put(name, slices.labels());
    }

    /** Returns the results of one entrant by its board of each plan, as means of the plans. */
    Entry entry(List<Scoreboard> boards) {
        SequencedMap<String, Double> means = new LinkedHashMap<>();
        figures.forEach(
                (name, figure) ->
                        means.put(name, boards.stream().mapToDouble(figure).average().orElse(0)));
        SequencedMap<String, List<Double>> rows = new LinkedHashMap<>();
        series.forEach((name, row) -> rows.put(name, row.apply(boards)));
        Entrant entrant = boards.getFirst().entrant();
        List<Measure> measures = measured.stream().map(figure -> figure.measure(boards)).toList();
        return new Entry(entrant.name(), entrant.kind(), means, rows, measures);
    }

    /** Adds the first two figures of a list that ranks repeats too to those of its entry. */
    void addRepeats(Entry entry, Scoreboard board) {
        double recall = measured.get(0).of(board);
        double mrr = measured.get(1).of(board);
        entry.figures().put(REPEATS_RECALL, recall);
        entry.figures().put(REPEATS_MRR, mrr);
        note(
                String.format(
                        Locale.ROOT,
                        "With repeats ranked too, among all items known so far: Recall@10 %.4f,"
                                + " MRR@10 %.4f.",
                        recall,
                        mrr));
    }

    /** Returns the columns of the table: figure → heading. */
    SequencedMap<String, String> columns() {
        return columns;
    }

    Report report(List<Entry> entries, long seed) {
        return new Report(
                dataset,
                protocol,
                facts,
                notes,
                columns,
                Comparison.of(entries, new Bootstrap(seed)),
                axes);
    }

    private static String sample(int every) {
        return every == 1 ? "" : ", a sample: one of " + every;
    }

    private Sheet unread(Trace trace) {
        fact("badLines", trace.unreadLines());
        if (trace.unreadLines() > 0) {
            note("{badLines:,d} lines could not be read.");
        }
        return this;
    }

    private void both(String name, String heading, Predicate<Moment> part) {
        add(Figure.hits(name + "Recall@10", heading, part, 10));
        add(Figure.reciprocals(name + "Mrr@10", "", part, 10));
    }

    /** Returns the sheet of the protocol of some plans, of which only a split has several. */
    static Sheet of(String dataset, List<Plan> plans, Moments moments, long seed) {
        Plan first = plans.getFirst();
        if (first.rules().after() == Plan.After.FORGET) {
            return ofSplit(plans, moments, seed);
        }
        return first.isStream()
                ? ofStream(dataset, first, moments, seed)
                : ofTest(dataset, first, moments, seed);
    }

    /** Returns a sheet with the facts of a stream. */
    private static Sheet ofFacts(String dataset, Plan plan, Moments moments, long seed) {
        Trace trace = plan.trace();
        return new Sheet(dataset, plan.protocol())
                .fact("seed", seed)
                .fact("events", trace.steps().size())
                .fact("people", trace.people())
                .fact("items", trace.items())
                .fact("moments", moments.size())
                .fact("everyNth", plan.rules().every())
                .fact("neverSeen", moments.count(Moments.UNSEEN_ITEMS))
                .fact("repeatsRanked", plan.rules().repeats());
    }

    /** Returns the sheet of a stream of which each interaction is ranked, then learned. */
    static Sheet ofStream(String dataset, Plan plan, Moments moments, long seed) {
        Trace trace = plan.trace();
        boolean repeats = plan.rules().repeats();
        Sheet sheet = ofFacts(dataset, plan, moments, seed);
        Figure recall = sheet.measure(Figure.hits("recall@10", "Recall@10", Moments.WHOLE, 10));
        sheet.measure(Figure.reciprocals("mrr@10", "MRR@10", Moments.WHOLE, 10));
        sheet.measure(Figure.hits("thinRecall@10", "thin", Moments.THIN, 10));
        sheet.add(Figure.reciprocals("thinMrr@10", "", Moments.THIN, 10));
        if (repeats) {
            sheet.both("first", "first", Moment::first);
            sheet.both("repeated", "repeated", moment -> !moment.first());
        }
        for (EventType type : moments.types()) {
            String name = type.wireName();
            Predicate<Moment> part = moment -> moment.has(type);
            sheet.measure(Figure.hits(name + "Recall@10", name, part, 10));
            sheet.measure(Figure.reciprocals(name + "Mrr@10", "", part, 10));
            sheet.fact(name + "Moments", moments.count(part));
        }
        sheet.both("newItem", "new items", Moments.NEW_ITEMS);
        sheet.both("last70", "last 70 %", Moments.LATE);
        double items = Math.max(1, trace.items());
        sheet.add("coverage@10", "coverage", board -> board.distinctShown() / items);
        sheet.add("novelty@10", "novelty", Scoreboard::novelty);
        sheet.slices("recall@10OverStream", Slices.overStream(), recall);
        sheet.slices("recall@10ByHistory", Slices.byHistory(), recall);
        return sheet.fact("thinMoments", moments.count(Moments.THIN))
                .fact("newItemMoments", moments.count(Moments.NEW_ITEMS))
                .fact("momentsByHistory", Slices.byHistory().counts(moments))
                .fact("repeats", trace.repeats())
                .note(
                        "{events:,d} events of {people:,d} people on {items:,d} items, tested, then"
                                + " learned; {moments:,d} "
                                + (repeats
                                        ? "interactions, repeats among them,"
                                        : "first interactions")
                                + " ranked"
                                + sample(plan.rules().every())
                                + ".")
                .unread(trace);
    }

    /**
     * Returns the sheet of a stream whose first part is learned, then the rest ranked. With one
     * item to be foreseen, the next one: the hit rate is the share of moments at which it is among
     * the first k, MRR the mean of one over its rank, NDCG that of 1 / log₂(1 + rank), both 0
     * beyond k. Recall is the mean share that the first k hold of all that the person goes on to
     * interact with in the test.
     */
    static Sheet ofTest(String dataset, Plan plan, Moments moments, long seed) {
        Plan.Rules rules = plan.rules();
        Sheet sheet = ofFacts(dataset, plan, moments, seed);
        Map<String, Figure> all = new HashMap<>();
        for (String name : List.of("HR", "MRR", "NDCG", "Recall")) {
            for (int depth : List.of(5, 10, 20)) {
                Figure figure = Figure.of(name, depth);
                all.put(figure.name(), figure);
                sheet.add(figure);
            }
        }
        for (String name : List.of("hr@20", "mrr@20", "ndcg@20", "recall@20", "hr@10", "mrr@10")) {
            sheet.measured.add(Objects.requireNonNull(all.get(name)));
        }
        sheet.fact("learnedBefore", plan.before().size())
                .fact("tested", plan.test().size())
                .fact("frozen", plan.isFrozen())
                .fact("sessions", rules.sessions())
                .note(
                        "{learnedBefore:,d} events of {people:,d} "
                                + (rules.sessions() ? "sessions" : "people")
                                + " on {items:,d} items learned, then {tested:,d} tested, "
                                + (plan.isFrozen() ? "the model frozen" : "learning on")
                                + "; {moments:,d} interactions ranked"
                                + sample(rules.every())
                                + (rules.repeats() ? ", repeats among them" : ", first ones alone")
                                + (rules.sessions() ? ", none that begins a session." : "."))
                .note(
                        "{neverSeen:,d} of them are of items that nobody interacted with before,"
                                + " which are misses.");
        if (plan.protocol().equals(Plan.LEAVE_LAST_ONE_OUT)) {
            sheet.note(
                    "Not temporal: what others did after a held-out interaction is learned too.");
        }
        return sheet.unread(plan.trace());
    }

    /**
     * Returns the sheet of a split over orders with consecutive seeds: train lines are learned,
     * then all items ranked for the users of the test lines. Recall@20 and NDCG@20 as in LightGCN's
     * evaluation: found ÷ all test items; gain 1 for each found item, discounted by log₂(1 + rank),
     * over the best possible; means over users.
     */
    static Sheet ofSplit(List<Plan> orders, Moments moments, long seed) {
        Plan last = orders.getLast();
        int items =
                last.before().stream()
                        .mapToInt(one -> one.interaction().item() + 1)
                        .max()
                        .orElse(0);
        List<Long> seeds = LongStream.range(seed, seed + orders.size()).boxed().toList();
        Sheet sheet = new Sheet("gowalla", last.protocol());
        for (Figure figure :
                List.of(
                        Figure.mean("recall@20", "Recall@20", Column.RECALL_20),
                        Figure.mean("ndcg@20", "NDCG@20", Column.GAIN))) {
            sheet.measure(figure);
            String bySeed = figure.name() + "BySeed";
            sheet.series.put(bySeed, boards -> boards.stream().map(figure::of).toList());
            sheet.axes.put(bySeed, seeds.stream().map(String::valueOf).toList());
        }
        return sheet.fact("seeds", seeds)
                .fact("pairs", last.before().size())
                .fact("items", items)
                .fact("users", moments.size())
                .fact("everyNth", last.rules().every())
                .note(
                        "{pairs:,d} pairs learned in one pass, in batches of %,d and %d seeded"
                                        .formatted(last.batch(), orders.size())
                                + (orders.size() == 1 ? " order" : " orders")
                                + "; {users:,d} users evaluated"
                                + sample(last.rules().every())
                                + "; all {items:,d} items ranked.")
                .note("The split is not temporal: test items need not be later than train items.");
    }
}
