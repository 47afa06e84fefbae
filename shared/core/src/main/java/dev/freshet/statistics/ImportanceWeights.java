package dev.freshet.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The weights that logged lists have for another policy down to one place, and whether they can
 * carry an estimate.
 *
 * @param lists that have the place
 * @param sum of their weights
 * @param squares sum of the squares of their weights
 * @param largest weight
 * @param error standard error of the mean weight
 */
public record ImportanceWeights(
        double lists, double sum, double squares, double largest, double error) {
    /** Least effective size. */
    public static final double LEAST_EFFECTIVE = 500;

    /** Least effective size as a share of the lists. */
    public static final double LEAST_SHARE = 0.01;

    /** Most standard errors that a mean may be off. */
    public static final double MAX_ERRORS = 4;

    /** Most of all weight that one list may have. */
    public static final double MAX_OF_WEIGHT = 0.05;

    /** Returns how many lists the weighted ones are worth: (Σw)² / Σw². */
    public double effective() {
        return squares == 0 ? 0 : sum * sum / squares;
    }

    /** Returns the mean weight, which is 1 but for chance; 0 without lists. */
    public double mean() {
        return lists == 0 ? 0 : sum / lists;
    }

    /**
     * Returns whether enough lists of the other policy are among the logged ones.
     *
     * @param all lists of the log, with this place or without
     */
    public boolean enough(double all) {
        return effective() >= LEAST_EFFECTIVE && effective() >= LEAST_SHARE * all;
    }

    /**
     * Returns why no estimate may rest on the place.
     *
     * @param place from 1
     * @return sentences; empty if one may
     */
    public List<String> problems(int place) {
        List<String> problems = new ArrayList<>();
        if (Math.abs(mean() - 1) > MAX_ERRORS * error) {
            problems.add(
                    String.format(
                            Locale.ROOT,
                            "The mean weight at place %d is %.3f and should be 1; the propensities"
                                    + " are not those of the draws.",
                            place,
                            mean()));
        }
        if (largest > MAX_OF_WEIGHT * sum) {
            problems.add(
                    String.format(
                            Locale.ROOT,
                            "One list has %.0f %% of all weight at place %d; at most %.0f %% may be.",
                            100 * largest / sum,
                            place,
                            100 * MAX_OF_WEIGHT));
        }
        return problems;
    }

    /** Returns why nothing can be estimated, where these are the weights of the first place. */
    public String tooFew() {
        return String.format(
                Locale.ROOT,
                "The effective sample size is %.1f of %,.0f lists; at least %.0f and 1 %% are"
                        + " needed, so the logged policy and the evaluated one are too different.",
                effective(),
                lists,
                LEAST_EFFECTIVE);
    }
}
