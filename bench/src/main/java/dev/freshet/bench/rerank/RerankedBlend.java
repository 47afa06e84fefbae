package dev.freshet.bench.rerank;

import dev.freshet.candidate.RequestContext;
import dev.freshet.model.blend.Draws;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.TopN;
import java.util.Arrays;

/**
 * A ranking whose first {@value #FIRST} items a {@link Reranker} scores anew. Signals are
 * standardised: the distance from their mean over these items, in units of a spread that follows
 * the last choices, within {@value #MAX_UNITS} of them. Used by one thread.
 */
public final class RerankedBlend {
    /** The greatest amount that an item gains or loses against the mean, in log odds. */
    static final double MAX_ADDED = 3;

    private static final int FIRST = 100;

    /** One in this many choices is learned from. */
    private static final int ONE_IN = 8;

    private static final double MAX_UNITS = 5;
    private static final double LEAST_SPREAD = 0.05;
    private static final double FOLLOW = 0.002;

    private final Reranker reranker;
    private final double[] variances;
    private int choices;

    /**
     * Creates a re-ranked blend.
     *
     * @param signals number of signals of an item
     */
    public RerankedBlend(Reranker reranker, int signals) {
        this.reranker = reranker;
        variances = new double[signals];
    }

    /**
     * Returns whether a choice is one of those that are learned from.
     *
     * @param draws of this choice alone
     */
    public static boolean isDue(Draws draws) {
        return draws.below(ONE_IN) == 0;
    }

    /** Returns a ranking with what the re-ranker adds, in the order that follows. */
    public ItemScores rank(RequestContext request, ItemScores ranked) {
        int size = Math.min(FIRST, ranked.size());
        if (choices == 0 || size == 0) {
            return ranked;
        }
        double[] added = reranker.added(standardised(signals(request, ranked, size)));
        double mean = Arrays.stream(added).average().orElse(0);
        TopN top = new TopN(ranked.size());
        for (int rank = 0; rank < ranked.size(); rank++) {
            double more = rank < size ? Math.clamp(added[rank] - mean, -MAX_ADDED, MAX_ADDED) : 0;
            top.offer(ranked.item(rank), (float) (ranked.score(rank) + more));
        }
        return ItemScores.drain(top);
    }

    /** Learns from the choice of an item, if it is among the first ones. */
    public void learn(RequestContext request, ItemScores ranked, int chosen) {
        int size = Math.min(FIRST, ranked.size());
        int rank = 0;
        while (rank < size && ranked.item(rank) != chosen) {
            rank++;
        }
        if (rank == size) {
            return;
        }
        float[][] signals = signals(request, ranked, size);
        follow(signals);
        double[] scores = new double[size];
        Arrays.setAll(scores, ranked::score);
        reranker.learn(standardised(signals), scores, rank);
    }

    private static float[][] signals(RequestContext request, ItemScores ranked, int size) {
        float[][] signals = new float[size][];
        Arrays.setAll(signals, rank -> request.signals().of(ranked.item(rank)));
        return signals;
    }

    private static double[] mean(float[][] signals) {
        double[] mean = new double[signals[0].length];
        for (float[] item : signals) {
            for (int signal = 0; signal < mean.length; signal++) {
                mean[signal] += item[signal] / (double) signals.length;
            }
        }
        return mean;
    }

    private void follow(float[][] signals) {
        double[] mean = mean(signals);
        double rate = Math.max(FOLLOW, 1.0 / ++choices);
        for (int signal = 0; signal < variances.length; signal++) {
            double sum = 0;
            for (float[] item : signals) {
                sum += Math.pow(item[signal] - mean[signal], 2);
            }
            variances[signal] += rate * (sum / signals.length - variances[signal]);
        }
    }

    private double[][] standardised(float[][] signals) {
        double[] mean = mean(signals);
        double[][] items = new double[signals.length][variances.length];
        for (int at = 0; at < items.length; at++) {
            for (int signal = 0; signal < variances.length; signal++) {
                double unit = Math.max(LEAST_SPREAD, Math.sqrt(variances[signal]));
                double value = (signals[at][signal] - mean[signal]) / unit;
                items[at][signal] = Math.clamp(value, -MAX_UNITS, MAX_UNITS);
            }
        }
        return items;
    }
}
