package dev.freshet.model.signal;

import dev.freshet.model.blend.BlendState;
import dev.freshet.model.history.HistoryLength;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Weights that learning starts from, by length of history and signal: those that the signals state,
 * as in the product, or those of a table, such as {@code freshet bench prior} writes it, which an
 * evaluation compares with them.
 *
 * @param signals that have weights
 * @param byHistory by {@link HistoryLength#at} and {@link Signal#at}
 */
@SuppressWarnings("ArrayRecordComponent") // never modified
public record StartingWeights(List<Signal> signals, float[][] byHistory) {

    /** Returns the weights that the signals state themselves. */
    public static StartingWeights stated(List<Signal> signals) {
        float[][] weights = new float[HistoryLength.values().length][signals.size()];
        for (HistoryLength length : HistoryLength.values()) {
            for (Signal signal : signals) {
                weights[length.at()][signal.at()] = signal.startingWeight(length);
            }
        }
        return new StartingWeights(signals, weights);
    }

    /**
     * Reads a table: a line for each signal with its name and its weights for thin, medium and long
     * histories, separated by spaces; lines that begin with # are comments.
     *
     * @throws IllegalArgumentException for a line that is not readable, an unknown signal, or one
     *     that is named twice
     */
    public static StartingWeights read(List<Signal> signals, List<String> lines) {
        Map<String, Signal> byName = new HashMap<>();
        signals.forEach(signal -> byName.put(signal.name(), signal));
        StartingWeights weights = stated(signals);
        for (String line : lines) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] words = line.strip().split(" +", -1);
                Signal signal = byName.remove(words[0]);
                if (signal == null || words.length != 1 + weights.byHistory.length) {
                    throw new IllegalArgumentException("no line of starting weights: " + line);
                }
                for (int history = 0; history < weights.byHistory.length; history++) {
                    float weight = Float.parseFloat(words[1 + history]);
                    if (!Float.isFinite(weight)) {
                        throw new IllegalArgumentException("no finite weight: " + line);
                    }
                    weights.byHistory[history][signal.at()] = weight;
                }
            }
        }
        return weights;
    }

    /**
     * Returns weights by history and signal as starting weights.
     *
     * @param byHistory by {@link HistoryLength#at} and {@link Signal#at}
     */
    public static StartingWeights of(List<Signal> signals, float[][] byHistory) {
        StartingWeights weights = stated(signals);
        for (int history = 0; history < weights.byHistory.length; history++) {
            System.arraycopy(byHistory[history], 0, weights.byHistory[history], 0, signals.size());
        }
        return weights;
    }

    /** Returns the weight of a signal for users with this length of history. */
    public float weight(HistoryLength length, Signal signal) {
        return byHistory[length.at()][signal.at()];
    }

    /** Returns the lines of a table of these weights, which {@link #read} reads. */
    public List<String> lines() {
        return signals.stream()
                .map(
                        signal ->
                                String.format(
                                        Locale.ROOT,
                                        "%-24s %8.4f %8.4f %8.4f",
                                        signal.name(),
                                        weight(HistoryLength.THIN, signal),
                                        weight(HistoryLength.MEDIUM, signal),
                                        weight(HistoryLength.LONG, signal)))
                .toList();
    }

    /** Returns the state of the blend before anything was learned. */
    public BlendState state() {
        float[] leastUnit = new float[signals.size()];
        int[] sourceOf = new int[signals.size()];
        for (Signal signal : signals) {
            leastUnit[signal.at()] = signal.leastUnit();
            sourceOf[signal.at()] = signal.source().index();
        }
        return BlendState.initial(byHistory, leastUnit, sourceOf);
    }
}
