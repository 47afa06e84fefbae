package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Moments.Moment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Slices of the moments, for plots.
 *
 * @param labels labels of the slices, in order
 * @param sliceOf returns the slice of a moment
 */
record Slices(List<String> labels, ToIntFunction<Moment> sliceOf) {
    private static final int OVER_STREAM = 20;
    private static final int[] HISTORY_FROM = {0, 1, 4, 8, 16, 32, 64, 128};

    /** Returns twentieths of the stream, labelled by their ends in percent. */
    static Slices overStream() {
        return new Slices(
                IntStream.rangeClosed(1, OVER_STREAM)
                        .mapToObj(slice -> String.valueOf(100 * slice / OVER_STREAM))
                        .toList(),
                moment -> (int) (moment.progress() * OVER_STREAM));
    }

    /** Returns slices by the number of earlier items of the person. */
    static Slices byHistory() {
        List<String> labels = new ArrayList<>();
        for (int slice = 0; slice + 1 < HISTORY_FROM.length; slice++) {
            int from = HISTORY_FROM[slice];
            int to = HISTORY_FROM[slice + 1] - 1;
            labels.add(from == to ? "" + to : from + "–" + to);
        }
        labels.add(HISTORY_FROM[HISTORY_FROM.length - 1] + "+");
        return new Slices(
                labels,
                moment -> {
                    int slice = HISTORY_FROM.length - 1;
                    while (moment.history() < HISTORY_FROM[slice]) {
                        slice--;
                    }
                    return slice;
                });
    }

    /** Returns a figure of each slice. */
    List<Double> of(Figure figure, Scoreboard board) {
        return IntStream.range(0, labels.size())
                .mapToObj(slice -> figure.over(board, at -> sliceOf.applyAsInt(at) == slice))
                .toList();
    }

    /** Returns the number of moments in each slice. */
    List<Integer> counts(Moments moments) {
        return IntStream.range(0, labels.size())
                .mapToObj(slice -> moments.count(at -> sliceOf.applyAsInt(at) == slice))
                .toList();
    }
}
