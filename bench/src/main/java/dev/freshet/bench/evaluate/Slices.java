package dev.freshet.bench.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Recall over slices of the moments, for plots.
 *
 * @param labels labels of the slices, in order
 * @param sliceOf returns the slice of a moment
 */
record Slices(List<String> labels, IntUnaryOperator sliceOf) {
    private static final int OVER_STREAM = 20;
    private static final int[] HISTORY_FROM = {0, 1, 4, 8, 16, 32, 64, 128};

    /** Returns twentieths of the stream, labelled by their ends in percent. */
    static Slices overStream(Moments moments) {
        List<String> labels = new ArrayList<>();
        for (int slice = 1; slice <= OVER_STREAM; slice++) {
            labels.add(String.valueOf(100 * slice / OVER_STREAM));
        }
        return new Slices(labels, at -> (int) (moments.progress(at) * OVER_STREAM));
    }

    /** Returns slices by the number of earlier items of the person. */
    static Slices byHistory(Moments moments) {
        List<String> labels = new ArrayList<>();
        for (int slice = 0; slice < HISTORY_FROM.length; slice++) {
            boolean last = slice + 1 == HISTORY_FROM.length;
            int to = last ? 0 : HISTORY_FROM[slice + 1] - 1;
            labels.add(
                    last
                            ? HISTORY_FROM[slice] + "+"
                            : to == HISTORY_FROM[slice] ? "" + to : HISTORY_FROM[slice] + "–" + to);
        }
        return new Slices(
                labels,
                at -> {
                    int slice = HISTORY_FROM.length - 1;
                    while (moments.history()[at] < HISTORY_FROM[slice]) {
                        slice--;
                    }
                    return slice;
                });
    }

    /** Returns the recall in each slice; 0 for an empty one. */
    List<Double> recalls(Scoreboard scores, Moments moments) {
        double[] hits = new double[labels.size()];
        double[] counts = new double[labels.size()];
        for (int at = 0; at < moments.size(); at++) {
            int slice = sliceOf.applyAsInt(at);
            counts[slice]++;
            hits[slice] += scores.hit(at, Prequential.DEPTH) ? 1 : 0;
        }
        List<Double> recalls = new ArrayList<>();
        for (int slice = 0; slice < hits.length; slice++) {
            recalls.add(hits[slice] / Math.max(1, counts[slice]));
        }
        return recalls;
    }

    /** Returns the number of moments in each slice. */
    List<Integer> counts(Moments moments) {
        int[] counts = new int[labels.size()];
        for (int at = 0; at < moments.size(); at++) {
            counts[sliceOf.applyAsInt(at)]++;
        }
        List<Integer> list = new ArrayList<>();
        for (int count : counts) {
            list.add(count);
        }
        return list;
    }
}
