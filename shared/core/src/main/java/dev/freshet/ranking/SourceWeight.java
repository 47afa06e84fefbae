package dev.freshet.ranking;

import dev.freshet.model.blend.BlendState;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.Source;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a source is worth to the blend at present, for those who look after a site.
 *
 * @param weight its share in what moves scores: weights times the spreads of its signals, 0 to 1;
 *     those of all sources in one situation sum to one
 * @param performance the mean reciprocal rank that it alone gives to what is taken, 0 to 1; 0
 *     before anything was learned
 */
public record SourceWeight(Source source, double weight, double performance) {
    /** Every source in one situation, the weightiest first. */
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
