package dev.freshet.bench.evaluate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.evaluate.Bootstrap.Measure;
import dev.freshet.bench.evaluate.Comparison.Lead;
import dev.freshet.bench.evaluate.Report.Entry;
import dev.freshet.bench.evaluate.Search.Tried;
import dev.freshet.console.Text;
import dev.freshet.model.settings.BasketSettings;
import dev.freshet.ranking.Strategy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Search for better settings for reading baskets on data reserved for it: on the first three tenths
 * of a stream, or on a tenth of the train lines of a split. Data that reported figures are computed
 * on is never used.
 *
 * @param on description of the ranked data, one sentence
 * @param trial evaluates settings
 * @param seed seed of the search and of the bootstrap
 */
record Tuning(String dataset, String on, Function<BasketSettings, Entry> trial, long seed) {
    private static final int HELD_OUT = 10;

    /** Maximum number of interactions or users ranked in each trial. */
    private static final int MAX_RANKED = 4_000;

    /**
     * Returns the tuning on a stream; each trial replays its opening.
     *
     * @param every one in this many interactions is ranked; fewer for large data sets
     */
    static Tuning onStream(
            String dataset,
            Trace whole,
            Strategy strategy,
            ReplaySettings stack,
            int every,
            long seed) {
        Trace opening =
                whole.with(
                        whole.steps().subList(0, (int) (whole.steps().size() * Moments.LATE_FROM)));
        Plan plan = Plan.stream(opening, false, every(every, opening.steps().size()));
        Pass pass = new Pass(plan);
        Sheet sheet = Sheet.ofStream(dataset, plan, pass.moments(), seed);
        List<Contender> blend = List.of(Contender.blend(strategy, plan.depth()));
        return new Tuning(
                dataset,
                ("Ranked: %,d first interactions of the first 30 %% of the stream, replayed in"
                                + " each trial.")
                        .formatted(pass.moments().size()),
                settings -> {
                    ProductMethod product =
                            new ProductMethod(
                                    plan,
                                    stack.with(stack.model().withBaskets(settings)),
                                    blend,
                                    null,
                                    null);
                    return sheet.entry(pass.run(List.of(product), step -> {}));
                },
                seed);
    }

    /**
     * Returns the tuning on train lines: they are learned once without a tenth of each user's
     * items, then each trial reads the model with other settings.
     *
     * @param every one in this many users is ranked; fewer for large data sets
     */
    static Tuning onSplit(
            String dataset,
            GowallaLines train,
            Strategy strategy,
            ReplaySettings stack,
            int every,
            long seed) {
        GowallaLines.Parts parts = train.holdOut(HELD_OUT, seed);
        int users = (int) parts.heldOut().byUser().stream().filter(own -> !own.isEmpty()).count();
        Plan plan = parts.kept().plan(parts.heldOut(), seed, every(every, users));
        Pass pass = new Pass(plan);
        Sheet sheet = Sheet.ofSplit(List.of(plan), pass.moments(), seed);
        List<Contender> blend = List.of(Contender.blend(strategy, plan.depth()));
        ProductMethod product = new ProductMethod(plan, stack, blend, null, null);
        StreamState state = pass.learned(List.of(product), step -> {});
        return new Tuning(
                dataset,
                ("Held out: %,d of %,d train pairs, of %,d users. The others were learned once with"
                                + " the present settings; each trial reads the model with its own"
                                + " settings.")
                        .formatted(parts.heldOut().size(), train.size(), pass.moments().size()),
                settings -> {
                    product.read(settings);
                    return sheet.entry(pass.test(List.of(product), state, step -> {}));
                },
                seed);
    }

    /** Returns the sampling interval, which is raised for large data sets. */
    private static int every(int every, int all) {
        return Math.max(every, (all + MAX_RANKED - 1) / MAX_RANKED);
    }

    /**
     * Runs the search.
     *
     * @param trials number of points, the present one included
     */
    Result run(int trials, LongConsumer done) {
        return new Result(this, new Search(trial).run(BasketSettings.DEFAULT, trials, seed, done));
    }

    /**
     * Result of a search.
     *
     * @param tried all trials, the present settings first
     */
    record Result(Tuning tuning, List<Tried> tried) {
        private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

        private Tried present() {
            return tried.getFirst();
        }

        /** Returns the best point's lead over the present one; empty if that is the best. */
        private Optional<Lead> lead() {
            Entry present = present().entry();
            Entry best = Search.best(tried).entry();
            return best.equals(present)
                    ? Optional.empty()
                    : Comparison.of(List.of(best, present), new Bootstrap(tuning.seed))
                            .getLast()
                            .leads()
                            .values()
                            .stream()
                            .findFirst();
        }

        ObjectNode json() {
            ObjectNode json = JSON.objectNode();
            json.put("evaluate", tuning.dataset)
                    .put("task", "tune")
                    .put("on", tuning.on)
                    .put("seed", tuning.seed)
                    .putPOJO("space", Search.SPACE);
            json.set("present", json(present()));
            json.set("best", json(Search.best(tried)));
            lead().ifPresent(
                            lead ->
                                    json.putObject("lead")
                                            .put("by", Report.rounded(lead.by()))
                                            .put("verdict", lead.verdict()));
            tried.forEach(one -> json.withArray("trials").add(json(one)));
            return json;
        }

        private ObjectNode json(Tried one) {
            ObjectNode json = JSON.objectNode();
            one.entry().figures().forEach((name, of) -> json.put(name, Report.rounded(of)));
            return json.putPOJO("settings", one.point())
                    .putPOJO("changed", Search.between(present().point(), one.point()));
        }

        String text() {
            Text text = new Text().add("%s", tuning.on).add("");
            for (Tried one : tried) {
                StringBuilder line = new StringBuilder();
                for (Measure measure : one.entry().measures()) {
                    double figure = one.entry().figure(measure.name());
                    line.append(String.format(Locale.ROOT, "%s %.4f   ", measure.name(), figure));
                }
                text.add("%s%s", line, one.equals(present()) ? "present settings" : changes(one));
            }
            text.add("");
            lead().ifPresentOrElse(
                            lead ->
                                    text.add(
                                            "Best: %s. Its lead over the present settings: %s.",
                                            changes(Search.best(tried)), Report.text(lead)),
                            () -> text.add("The present settings are the best that were tried."));
            return text.toString();
        }

        private String changes(Tried one) {
            return String.join(", ", Search.between(present().point(), one.point()));
        }
    }
}
