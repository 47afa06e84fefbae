package dev.freshet.model.signal;

import dev.freshet.model.blend.BlendState;
import dev.freshet.model.history.HistoryLength;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The weight of a source in the blend at present, for the owner of a site.
 *
 * @param weight share in what changes scores: weights times the spread of the signals, 0 to 1; the
 *     shares of all sources for one length of history sum to one
 * @param performance mean reciprocal rank that the source alone gives to chosen items, 0 to 1; 0
 *     before anything was learned
 */
public record SourceWeight(Source source, double weight, double performance) {
    /** Returns every source for one length of history, largest weight first. */
    public static List<SourceWeight> of(BlendState blend, HistoryLength historyLength) {
        double[] weights = new double[SignalFamilies.SOURCES];
        double[] performance = new double[SignalFamilies.SOURCES];
        boolean[] there = new boolean[SignalFamilies.SOURCES];
        double all = 0;
        for (Signal signal : SignalFamilies.SIGNALS) {
            int source = signal.source().index();
            double weight = blend.worth(historyLength.at(), signal.at());
            weights[source] += weight;
            all += weight;
            performance[source] = blend.performance(historyLength.at(), source);
            there[source] = true;
        }
        List<SourceWeight> worths = new ArrayList<>();
        for (int index = 0; index < weights.length; index++) {
            if (there[index]) {
                double share = all > 0 ? weights[index] / all : 0;
                worths.add(
                        new SourceWeight(SignalFamilies.source(index), share, performance[index]));
            }
        }
        worths.sort(Comparator.comparingDouble(SourceWeight::weight).reversed());
        return List.copyOf(worths);
    }
}
