package dev.freshet.bench.evaluate;

import dev.freshet.bench.baseline.FirstInteraction;
import dev.freshet.bench.evaluate.Method.Entrant;
import dev.freshet.bench.evaluate.Method.Kind;
import dev.freshet.bench.evaluate.Moments.Slices;
import dev.freshet.bench.evaluate.Report.Entry;
import dev.freshet.bench.evaluate.Scoreboard.Column;
import dev.freshet.bench.evaluate.Trace.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongConsumer;

/**
 * Progressive validation of rating prediction as in River: in time order each rating is first
 * predicted, then learned. Three quarters of MovieLens-100K's ratings share person and second with
 * another one; River keeps those in the order of its file, and so does the leading figure of this
 * class. A second pass shuffles them, as the other protocols do.
 *
 * @param ordered trace with ties in time in the order of the file
 * @param shuffled the events of {@code ordered} with ties in random order
 */
record RatingRun(String dataset, Trace ordered, Trace shuffled, long seed) {
    /** A method of rating prediction. */
    interface Predictor {
        /** Returns the predicted stars of the person of a step, within the scale. */
        double predict(Step step);

        void learn(Step step);
    }

    /**
     * Rating prediction of the product, {@link dev.freshet.model.rating.Ratings}, with one model
     * version for each rating.
     */
    private record ProductRatings(TraceReplay replay) implements Predictor {
        @Override
        public double predict(Step step) {
            replay.reach(step);
            return replay.model()
                    .ratings()
                    .predict(
                            replay.rated(step.interaction().person()),
                            replay.model().items().index(step.row().target().id()));
        }

        @Override
        public void learn(Step step) {
            replay.learn(List.of(step));
        }
    }

    /**
     * River's {@code reco.Baseline} as in its tutorial on matrix factorization: running mean, and
     * biases of people and items learned by stochastic gradient descent (rate .025, no
     * regularisation), clipped to the scale. Its published MAE/RMSE on MovieLens-100K in time
     * order, .7547/.9541, validates this protocol.
     */
    static final class Biases implements Predictor {
        private static final double RATE = 0.025;

        private final Map<Integer, Double> people = new HashMap<>();
        private final Map<Integer, Double> items = new HashMap<>();
        private double sum;
        private long count;

        @Override
        public double predict(Step step) {
            return Math.clamp(raw(step.interaction()), 1.0, 5.0);
        }

        private double raw(FirstInteraction interaction) {
            return (count == 0 ? 0 : sum / count)
                    + people.getOrDefault(interaction.person(), 0.0)
                    + items.getOrDefault(interaction.item(), 0.0);
        }

        @Override
        public void learn(Step step) {
            sum += step.row().stars();
            count++;
            double gradient = 2 * (raw(step.interaction()) - step.row().stars());
            people.merge(step.interaction().person(), -RATE * gradient, Double::sum);
            items.merge(step.interaction().item(), -RATE * gradient, Double::sum);
        }
    }

    /** The root of the mean square of the errors. */
    static final Figure RMSE =
            error("rmse", "RMSE", Figure.Sense.ROOT_OF_ERROR, error -> error * error);

    /** The mean error. */
    static final Figure MAE = error("mae", "MAE", Figure.Sense.ERROR, Math::abs);

    private static Figure error(
            String name, String heading, Figure.Sense sense, DoubleUnaryOperator loss) {
        return new Figure(
                name,
                heading,
                sense,
                Moments.WHOLE,
                (board, at) -> loss.applyAsDouble(board.of(Column.ERROR, at)));
    }

    /** Runs both passes concurrently. */
    Report run(ReplaySettings settings, LongConsumer done) {
        Moments moments = moments(ordered);
        Scoreboard own = new Scoreboard(new Entrant("ratings", Kind.BLEND, false), moments);
        Scoreboard biases =
                new Scoreboard(new Entrant("bias-baseline", Kind.BASELINE, false), moments);
        Scoreboard chance =
                Evaluation.concurrently(
                        () -> {
                            Scoreboard board = new Scoreboard(own.entrant(), moments(shuffled));
                            pass(shuffled, product(settings, shuffled), board, step -> {});
                            return board;
                        },
                        () -> {
                            pass(ordered, product(settings, ordered), own, done);
                            pass(ordered, new Biases(), biases, step -> {});
                        });
        Sheet sheet =
                new Sheet(dataset, "rating")
                        .fact("task", "rating")
                        .fact("seed", seed)
                        .fact("events", ordered.steps().size())
                        .fact("people", ordered.people())
                        .fact("items", ordered.items())
                        .note(
                                "{events:,d} ratings of {people:,d} people on {items:,d} items in"
                                        + " time order, each predicted, then learned; ties in time"
                                        + " as in the file, which is River's order.")
                        .note(
                                String.format(
                                        Locale.ROOT,
                                        "With ties shuffled: RMSE %.4f, MAE %.4f.",
                                        RMSE.of(chance),
                                        MAE.of(chance)));
        sheet.measure(RMSE);
        sheet.measure(MAE);
        sheet.slices("rmseOverStream", Slices.overStream(), RMSE);
        List<Entry> entries = List.of(sheet.entry(List.of(own)), sheet.entry(List.of(biases)));
        entries.getFirst().figures().put("shuffledRmse", RMSE.of(chance));
        entries.getFirst().figures().put("shuffledMae", MAE.of(chance));
        return sheet.report(entries, seed);
    }

    private static ProductRatings product(ReplaySettings settings, Trace trace) {
        return new ProductRatings(new TraceReplay(settings, trace.catalogue(), Map.of()));
    }

    /** Returns the moments of all steps that are ratings. */
    private static Moments moments(Trace trace) {
        Plan plan = Plan.stream(trace, true, 1);
        for (int at = 0; at < plan.ranked().length; at++) {
            plan.ranked()[at] = trace.steps().get(at).row().stars() > 0;
        }
        return Moments.of(plan);
    }

    private static void pass(Trace trace, Predictor method, Scoreboard board, LongConsumer done) {
        for (int at = 0; at < trace.steps().size(); at++) {
            Step step = trace.steps().get(at);
            int moment = board.moments().at(at);
            if (moment >= 0) {
                board.put(Column.ERROR, moment, method.predict(step) - step.row().stars());
            }
            method.learn(step);
            done.accept(at + 1L);
        }
    }
}
