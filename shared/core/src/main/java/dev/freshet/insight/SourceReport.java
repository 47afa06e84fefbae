package dev.freshet.insight;

import dev.freshet.model.signal.SourceWeight;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * What each source of candidates is worth.
 *
 * @param modelVersion the version of the model that answered
 * @param asOf the latest event time that the model has learned
 * @param situations at present, by the length of a user's history
 * @param history at the end of past hours, oldest first
 */
public record SourceReport(
        long modelVersion, Instant asOf, List<Situation> situations, List<Hour> history) {
    /**
     * The sources for one class of users.
     *
     * @param situation the length of their history
     * @param sentence which users these are
     * @param sources largest weight first
     */
    public record Situation(String situation, String sentence, List<SourceFigures> sources) {
        public Situation {
            sources = List.copyOf(sources);
        }
    }

    /**
     * The weights at the end of an hour.
     *
     * @param at the begin of the hour
     * @param weights by the name of the source, 0 to 1
     */
    public record Hour(Instant at, String situation, SortedMap<String, Double> weights) {}

    /**
     * What one source is worth, with four decimals.
     *
     * @param weight as {@link SourceWeight#weight}
     * @param performance as {@link SourceWeight#performance}
     */
    public record SourceFigures(String source, double weight, double performance) {
        private static final double PARTS = 10_000;

        static SourceFigures of(SourceWeight of) {
            return new SourceFigures(
                    of.source().wireName(),
                    Math.round(of.weight() * PARTS) / PARTS,
                    Math.round(of.performance() * PARTS) / PARTS);
        }
    }

    public SourceReport {
        situations = List.copyOf(situations);
        history = List.copyOf(history);
    }
}
