package dev.freshet.model.blend;

import static dev.freshet.check.Check.require;

/**
 * One learning step of the signals' weights: the gradient of the log loss of a softmax over the
 * choice's candidates (logistic stacking). Each weight has its own step length, which shrinks where
 * gradients were large (Adagrad: Duchi, Hazan, Singer 2011), over sums that decay, so that learning
 * never stops and a signal that stops being useful loses its weight.
 *
 * <p>Signals may have any unit: each is divided by its standard deviation among the candidates, of
 * which a slowly following mean of squares is kept, or by a least one where it hardly varies yet:
 * on a new site all ages differ by minutes, and a weight learned from minutes would be far too
 * large for days. The weight of a signal that is equal for all candidates is not changed. Every
 * step also moves a weight a little towards its initial value, and offsets towards zero, so that
 * they differ only where that is useful; no step moves a weight beyond {@link Settings#bound}.
 */
public final class Stacking {
    /**
     * A signal whose spread has fallen below this counts as equal for all candidates, since
     * dividing by the remaining spread would produce huge values. Signals are logarithms, roots and
     * cosines, of the order of one.
     */
    static final float LEAST_SPREAD = 1e-6f;

    /** The count of steps from which on it is kept, since floats count no further. */
    private static final float MAX_STEPS = 1 << 24;

    private final Settings settings;

    /** Creates steps with these settings. */
    public Stacking(Settings settings) {
        this.settings = settings;
    }

    /**
     * Learns from one choice; does nothing for a choice without negatives. A candidate that is new
     * to the user is compared with the other new ones alone, and only where one of them was chosen:
     * what is learned of repeats never moves the order of new items. A repeat is compared with all
     * candidates, whichever was chosen.
     *
     * @param weight factor of the gradient, above 0
     */
    public void learn(Choice choice, double weight, BlendState.Draft draft) {
        if (choice.size() < 2) {
            return;
        }
        double[] scores = scores(choice, draft.weights(choice.bucket()));
        double[] gradients = probabilities(choice, scores, true);
        boolean repeat = choice.isRepeat(0);
        double[] amongNew = repeat ? gradients : probabilities(choice, scores, false);
        gradients[0] -= 1;
        for (int at = 0; at < gradients.length; at++) {
            double one =
                    choice.isRepeat(at)
                            ? gradients[at]
                            : repeat ? 0 : amongNew[at] - (at == 0 ? 1 : 0);
            gradients[at] = weight * one;
        }
        if (!repeat && choice.amongNew() > 1) {
            move(choice, gradients, draft);
            Performance.measure(choice, draft);
            draft.stepped();
        }
        moveRepeats(choice, gradients, draft);
    }

    /**
     * Learns that a list was shown: the half of the gradient of a logistic regression per place
     * that is known now. The other half is learned when an item is taken ({@link #taken}), so lists
     * of which nothing is taken teach too, however late the others are answered.
     *
     * @param list the items shown; none of them is chosen yet
     */
    public void shown(Choice list, BlendState.Draft draft) {
        double[] gradients = scores(list, draft.weights(list.bucket()));
        float[] thresholds = draft.writable(BlendState.LISTS);
        int history = list.bucket().history();
        double expected = 0;
        for (int at = 0; at < gradients.length; at++) {
            gradients[at] = 1 / (1 + StrictMath.exp(thresholds[history] - gradients[at]));
            expected += gradients[at];
        }
        move(list, gradients, draft);
        moveRepeats(list, gradients, draft);
        thresholds[history] += (float) (settings.threshold() * expected);
        thresholds[BlendState.LIST_CREDIT]--;
    }

    /**
     * Learns that an item of a list was taken of which {@link #shown} has learned.
     *
     * @param choice the item taken, and the others of its list, from which sources are measured
     * @param weight what the choice counts for, above 0: the threshold adapts, so that an item is
     *     scored by the weight to be expected of it
     */
    public void taken(Choice choice, double weight, BlendState.Draft draft) {
        double[] gradients = new double[choice.size()];
        gradients[0] = -weight;
        if (!choice.isRepeat(0)) {
            move(choice, gradients, draft);
        }
        moveRepeats(choice, gradients, draft);
        float[] thresholds = draft.writable(BlendState.LISTS);
        thresholds[choice.bucket().history()] -= (float) (settings.threshold() * weight);
        thresholds[BlendState.LIST_CREDIT] =
                Math.min(
                        BlendState.MAX_LIST_CREDIT,
                        thresholds[BlendState.LIST_CREDIT] + BlendState.LISTS_PER_CHOICE);
        if (!choice.isRepeat(0)) {
            Performance.measure(choice, draft);
            draft.stepped();
        }
    }

    /**
     * Moves the offsets of repeats by the gradients of the candidates that are repeats. Choices
     * among new items do not determine what adds to the scores of all of them, so that their level
     * drifts, and repeats have to follow it: their steps are longer.
     */
    private void moveRepeats(Choice choice, double[] gradients, BlendState.Draft draft) {
        float[] squares = draft.writable(BlendState.REPEAT_SQUARES);
        float[] lists = draft.writable(BlendState.LISTS);
        double[] gradient = new double[squares.length];
        double[] sums = new double[squares.length];
        int repeats = 0;
        for (int at = 0; at < choice.size(); at++) {
            if (choice.isRepeat(at)) {
                repeats++;
                float[] vector = choice.signals()[at];
                for (int signal = 0; signal < gradient.length; signal++) {
                    gradient[signal] += gradients[at] * vector[signal];
                    sums[signal] += (double) vector[signal] * vector[signal];
                }
            }
        }
        if (repeats == 0) {
            return;
        }
        float before = lists[BlendState.REPEAT_STEPS];
        double follow = Math.max(settings.follow(), 1.0 / (1 + before));
        for (int signal = 0; signal < squares.length; signal++) {
            squares[signal] += (float) (follow * (sums[signal] / repeats - squares[signal]));
        }
        double whole =
                settings.repeatRate()
                        * settings.rate()
                        * Math.min(1, (1.0 + before) / settings.warmUp());
        step(draft, ContextBucket.REPEAT, gradient, squares, whole, settings.pull());
        for (int row : choice.bucket().repeatRows()) {
            double rate = whole * settings.offsetRate();
            step(draft, row, gradient, squares, rate, settings.offsetPull());
        }
        lists[BlendState.REPEAT_STEPS] = Math.min(MAX_STEPS, before + 1);
    }

    /**
     * Moves the weights of all items by the gradients of the candidates that are new to the user.
     */
    private void move(Choice choice, double[] gradients, BlendState.Draft draft) {
        float[] spread = spread(choice, draft);
        int signals = spread.length;
        double[] gradient = new double[signals];
        double[][] byAge = new double[ContextBucket.AGES][];
        for (int at = 0; at < choice.size(); at++) {
            if (choice.isRepeat(at)) {
                continue;
            }
            int age = choice.classes()[at];
            double[] ofAge = byAge[age];
            if (ofAge == null) {
                ofAge = new double[signals];
                byAge[age] = ofAge;
            }
            float[] vector = choice.signals()[at];
            for (int signal = 0; signal < signals; signal++) {
                ofAge[signal] += gradients[at] * vector[signal];
            }
        }
        for (double[] ofAge : byAge) {
            for (int signal = 0; ofAge != null && signal < signals; signal++) {
                gradient[signal] += ofAge[signal];
            }
        }
        ContextBucket bucket = choice.bucket();
        double whole = settings.rate() * Math.min(1, (1.0 + draft.steps()) / settings.warmUp());
        step(draft, bucket.historyRow(), gradient, spread, whole, settings.pull());
        double rate = whole * settings.offsetRate();
        for (int row : bucket.offsetRows()) {
            step(draft, row, gradient, spread, rate, settings.offsetPull());
        }
        for (int age = 0; age < byAge.length; age++) {
            double[] ofAge = byAge[age];
            if (ofAge != null) {
                int row = ContextBucket.FIRST_AGE + age;
                step(draft, row, ofAge, spread, rate, settings.offsetPull());
            }
        }
    }

    private void step(
            BlendState.Draft draft,
            int row,
            double[] gradient,
            float[] spread,
            double rate,
            double pull) {
        float[] weights = draft.writable(row);
        float[] sums = draft.writable(BlendState.SUMS + row);
        float[] start = draft.initial(row);
        float[] leastUnit = draft.leastUnit();
        for (int signal = 0; signal < gradient.length; signal++) {
            if (!(spread[signal] >= LEAST_SPREAD)) { // also where it is not a number
                continue;
            }
            double unit = Math.max(StrictMath.sqrt(spread[signal]), leastUnit[signal]);
            double scaled = gradient[signal] / unit;
            double sum = settings.keep() * sums[signal] + scaled * scaled;
            sums[signal] = (float) sum;
            double move =
                    rate * scaled / StrictMath.sqrt(sum + settings.firstSum()) / unit
                            + pull * (weights[signal] - start[signal]);
            double moved = weights[signal] - move - start[signal];
            double bound = settings.bound() / unit;
            if (Math.abs(moved) > bound) {
                draft.countBoundedMove();
            }
            weights[signal] = (float) (start[signal] + Math.clamp(moved, -bound, bound));
        }
    }

    /**
     * Returns the softmax over the candidates, each weighted by the number of items it represents.
     *
     * @param repeats whether repeats take part; else they have the probability 0
     */
    private static double[] probabilities(Choice choice, double[] scores, boolean repeats) {
        double best = Double.NEGATIVE_INFINITY;
        for (int at = 0; at < scores.length; at++) {
            best = repeats || !choice.isRepeat(at) ? Math.max(best, scores[at]) : best;
        }
        double[] shares = new double[scores.length];
        double sum = 0;
        for (int at = 0; at < scores.length; at++) {
            if (repeats || !choice.isRepeat(at)) {
                shares[at] = choice.importance()[at] * StrictMath.exp(scores[at] - best);
                sum += shares[at];
            }
        }
        for (int at = 0; at < shares.length; at++) {
            shares[at] /= sum;
        }
        return shares;
    }

    private static double[] scores(Choice choice, float[][] weights) {
        double[] scores = new double[choice.size()];
        for (int at = 0; at < scores.length; at++) {
            float[] vector = choice.signals()[at];
            float[] ofClass = weights[choice.classes()[at]];
            double score = 0;
            for (int signal = 0; signal < ofClass.length; signal++) {
                score += (double) ofClass[signal] * vector[signal];
            }
            scores[at] = score;
        }
        return scores;
    }

    /**
     * Updates the mean variance of each signal with the variance among this choice's candidates
     * that are new to the user.
     */
    private float[] spread(Choice choice, BlendState.Draft draft) {
        float[] spread = draft.writable(BlendState.SPREAD);
        double follow = Math.max(settings.follow(), 1.0 / (1 + draft.steps()));
        for (int signal = 0; signal < spread.length; signal++) {
            double sum = 0;
            double squares = 0;
            int size = 0;
            for (int at = 0; at < choice.size(); at++) {
                if (!choice.isRepeat(at)) {
                    double value = choice.signals()[at][signal];
                    sum += value;
                    squares += value * value;
                    size++;
                }
            }
            double mean = sum / Math.max(1, size);
            double variance = Math.max(0, squares / Math.max(1, size) - mean * mean);
            spread[signal] = (float) (spread[signal] + follow * (variance - spread[signal]));
        }
        return spread;
    }

    /**
     * The learning rates of {@link Stacking}. Signals are measured in units of their spread.
     *
     * @param rate length of a step where the sum of squared gradients is 1
     * @param offsetRate step length of the offsets by device, hour, session and age, as a share of
     *     {@code rate}
     * @param repeatRate step length of the offsets of repeats, as a share of {@code rate}
     * @param keep factor of the sums at each step: 1 − 1/n remembers about n steps
     * @param firstSum initial value of the sums, which keeps the first steps short
     * @param pull share of the distance between a weight and its initial value that each step
     *     removes
     * @param offsetPull share of an offset that each step removes
     * @param follow rate at which spreads follow
     * @param bound largest distance of a weight from its initial value, and largest offset, in log
     *     odds per unit of {@link Stacking}; on DeskDrop no weight is further than 0.4
     * @param threshold length of a step of the log odds at which a shown item is taken as often as
     *     not
     * @param warmUp number of choices over which the rate rises to its value, while spreads are
     *     measured
     */
    public record Settings(
            double rate,
            double offsetRate,
            double repeatRate,
            double keep,
            double firstSum,
            double pull,
            double offsetPull,
            double follow,
            double bound,
            double threshold,
            int warmUp) {
        /** The settings of the blend. */
        public static final Settings DEFAULT =
                new Settings(0.1, 0.3, 3, 1 - 1.0 / 10_000, 100, 1e-4, 1e-4, 0.002, 3, 0.02, 200);

        public Settings {
            require(
                    rate > 0
                            && offsetRate >= 0
                            && repeatRate >= 0
                            && keep > 0
                            && keep <= 1
                            && firstSum >= 0
                            && pull >= 0
                            && pull < 1
                            && offsetPull >= 0
                            && offsetPull < 1
                            && follow > 0
                            && follow <= 1
                            && bound > 0
                            && threshold > 0
                            && warmUp >= 1,
                    "a learning rate of the blend is out of range");
        }
    }

    /**
     * The measured performance of each source alone. At each choice, a source's result is the
     * reciprocal of the rank it gives to the chosen candidate, where equal scores count by halves;
     * the performance is the decayed mean over the last ≈ 2,000 choices of each class of history.
     * Choices among items that are new to the user count, without repeats. A source that does not
     * distinguish the candidates ranks the chosen one in the middle.
     */
    static final class Performance {
        /** The factor of the mean's previous value at each choice. */
        static final double KEEP = 1 - 1.0 / 2_000;

        private Performance() {}

        static void measure(Choice choice, BlendState.Draft draft) {
            int history = choice.bucket().history();
            float[] performance = draft.writable(BlendState.PERFORMANCE + history);
            float[] measured = draft.writable(BlendState.MEASURED);
            double[] ranks =
                    ranks(choice, draft.initial(history), draft.sourceOf(), performance.length);
            for (int source = 0; source < ranks.length; source++) {
                performance[source] =
                        (float) (KEEP * performance[source] + (1 - KEEP) / ranks[source]);
            }
            measured[history] = (float) (KEEP * measured[history] + (1 - KEEP));
        }

        private static double[] ranks(Choice choice, float[] weights, int[] sourceOf, int sources) {
            double[] chosen = scores(choice.signals()[0], weights, sourceOf, sources);
            double[] ranks = new double[sources];
            for (int at = 1; at < choice.size(); at++) {
                if (choice.isRepeat(at)) {
                    continue;
                }
                double[] other = scores(choice.signals()[at], weights, sourceOf, sources);
                for (int source = 0; source < sources; source++) {
                    double ahead =
                            other[source] > chosen[source]
                                    ? 1
                                    : other[source] < chosen[source] ? 0 : 0.5;
                    ranks[source] += ahead * choice.importance()[at];
                }
            }
            for (int source = 0; source < sources; source++) {
                ranks[source]++;
            }
            return ranks;
        }

        /** Returns the score of one candidate by each source alone. */
        private static double[] scores(
                float[] signals, float[] weights, int[] sourceOf, int sources) {
            double[] scores = new double[sources];
            for (int signal = 0; signal < signals.length; signal++) {
                scores[sourceOf[signal]] += (double) weights[signal] * signals[signal];
            }
            return scores;
        }
    }
}
