package dev.freshet.bench.evaluate;

import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.StartingWeights;
import java.util.List;

/**
 * The mean of the weights that were fitted to several sites, shrunk towards the weights that the
 * signals state by how much the sites differ: with the mean distance m from the stated weight, its
 * variance s² between n sites, and t² = n m² / s², the distance becomes m (1 − 1 / t²), or nothing
 * where t² is at most 1 (James and Stein 1961, with the positive part). A weight that one site
 * raises and another lowers stays as stated.
 */
final class PriorMean {
    private PriorMean() {}

    /** Returns the mean of the weights of at least two sites. */
    static StartingWeights of(List<StartingWeights> sites) {
        if (sites.size() < 2) {
            throw new IllegalArgumentException("one site tells no spread");
        }
        float[][] means = new float[HistoryLength.values().length][SignalFamilies.COUNT];
        for (HistoryLength length : HistoryLength.values()) {
            for (Signal signal : SignalFamilies.SIGNALS) {
                double[] distances =
                        sites.stream()
                                .mapToDouble(
                                        site ->
                                                site.weight(length, signal)
                                                        - signal.startingWeight(length))
                                .toArray();
                means[length.at()][signal.at()] =
                        (float) (signal.startingWeight(length) + shrunk(distances));
            }
        }
        return StartingWeights.of(SignalFamilies.SIGNALS, means);
    }

    /** Returns the mean of the distances, shrunk by their spread. */
    static double shrunk(double... distances) {
        int size = distances.length;
        double sum = 0;
        for (double distance : distances) {
            sum += distance;
        }
        double mean = sum / size;
        double squares = 0;
        for (double distance : distances) {
            squares += (distance - mean) * (distance - mean);
        }
        double variance = squares / (size - 1);
        return mean == 0 ? 0 : mean * Math.max(0, 1 - variance / (size * mean * mean));
    }
}
