package dev.freshet.bench.ope;

import dev.freshet.bench.ope.LoggedPlace.Alternative;
import dev.freshet.statistics.ImportanceWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a log can say anything about a policy. Beyond a limit no estimate is reported.
 *
 * @param lists of the log
 * @param places how many places from the top can be evaluated; 0 if none
 * @param effectiveSize (Σw)² / Σw² of the first place: how many lists the weighted ones are worth
 * @param meanWeight of the first place; 1 but for chance
 * @param largestWeight of the first place
 * @param refusals why nothing is reported, each a sentence; empty if the log can answer
 */
record Diagnostics(
        int lists,
        int places,
        double effectiveSize,
        double meanWeight,
        double largestWeight,
        List<String> refusals) {
    /** Most standard errors that a frequency may be off. */
    private static final double MAX_ERRORS = ImportanceWeights.MAX_ERRORS;

    /** Least of the evaluated policy's probability on items that could have been shown. */
    static final double LEAST_MASS = 0.95;

    /** Classes of propensity, each half as likely as the one before. */
    private static final int CLASSES = 10;

    /** Most places that are looked at. */
    private static final int MAX_PLACES = 20;

    Diagnostics {
        refusals = List.copyOf(refusals);
    }

    boolean refused() {
        return !refusals.isEmpty();
    }

    /** Checks a log of at least one list. */
    static Diagnostics of(List<LoggedList> lists) {
        ImportanceWeights first = weights(lists, 0);
        List<String> refusals = new ArrayList<>();
        int places = 0;
        while (places < MAX_PLACES && weights(lists, places).enough(lists.size())) {
            places++;
        }
        if (places == 0) {
            refusals.add(first.tooFew());
        }
        for (int place = 0; place < Math.max(1, places); place++) {
            refusals.addAll(weights(lists, place).problems(place + 1));
        }
        checkMass(lists, refusals);
        checkFrequencies(lists, refusals);
        return new Diagnostics(
                lists.size(), places, first.effective(), first.mean(), first.largest(), refusals);
    }

    private static void checkMass(List<LoggedList> lists, List<String> refusals) {
        double mass = 0;
        double count = 0;
        for (LoggedList list : lists) {
            for (LoggedPlace place : list.places()) {
                if (!place.pool().isEmpty()) {
                    mass += place.pool().stream().mapToDouble(Alternative::target).sum();
                    count++;
                }
            }
        }
        if (count > 0 && mass / count < LEAST_MASS) {
            refusals.add(
                    String.format(
                            Locale.ROOT,
                            "Only %.0f %% of the evaluated policy's probability is on items that"
                                    + " could have been shown; at least %.0f %% are needed.",
                            100 * mass / count,
                            100 * LEAST_MASS));
        }
    }

    /** Items are shown as often as their propensities say, in every class of propensity. */
    private static void checkFrequencies(List<LoggedList> lists, List<String> refusals) {
        double[] expected = new double[CLASSES];
        double[] variance = new double[CLASSES];
        double[] seen = new double[CLASSES];
        for (LoggedList list : lists) {
            for (LoggedPlace place : list.places()) {
                for (Alternative one : place.pool()) {
                    int at =
                            (int)
                                    Math.clamp(
                                            -Math.log(one.propensity()) / Math.log(2),
                                            0,
                                            CLASSES - 1);
                    expected[at] += one.propensity();
                    variance[at] += one.propensity() * (1 - one.propensity());
                    seen[at] += one.item().equals(place.item()) ? 1 : 0;
                }
            }
        }
        for (int at = 0; at < CLASSES; at++) {
            double error = Math.sqrt(variance[at]);
            if (Math.abs(seen[at] - expected[at]) > MAX_ERRORS * error + 0.5) {
                refusals.add(
                        String.format(
                                Locale.ROOT,
                                "Items with a propensity of about %.2g were shown %,.0f times in"
                                        + " place of %,.0f.",
                                Math.pow(2, -at - 0.5),
                                seen[at],
                                expected[at]));
            }
        }
    }

    /** Returns the weights of all lists down to one place. */
    private static ImportanceWeights weights(List<LoggedList> lists, int place) {
        double count = 0;
        double sum = 0;
        double squares = 0;
        double largest = 0;
        for (LoggedList list : lists) {
            if (list.places().size() > place) {
                double weight = list.cumulativeWeights()[place];
                count++;
                sum += weight;
                squares += weight * weight;
                largest = Math.max(largest, weight);
            }
        }
        double variance = Math.max(0, squares / count - sum / count * (sum / count));
        double error = count < 2 ? 0 : Math.sqrt(variance / (count - 1));
        return new ImportanceWeights(count, sum, squares, largest, error);
    }
}
