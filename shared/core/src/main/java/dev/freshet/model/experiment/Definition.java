package dev.freshet.model.experiment;

import org.jspecify.annotations.Nullable;

/**
 * A definition of an experiment or a named rule as the model knows it: what sums need of it, and
 * the document for those who assign and analyse.
 *
 * @param version of the announcement; a higher one replaces a lower one
 * @param running whether users are assigned, and what they do is summed
 * @param salt names the phase: sums of another salt are not of these users
 * @param windowSeconds the time from a user's first exposure in which outcomes count
 * @param currency of the revenue that is summed; null if none is
 * @param document JSON as its owner sent it
 */
public record Definition(
        String id,
        long version,
        boolean running,
        String salt,
        int windowSeconds,
        @Nullable String currency,
        String document) {
    /** What the ids of rules begin with; those of experiments do not. */
    public static final String RULE_PREFIX = "rule:";

    /** Returns whether this is a named rule of lists, and no experiment. */
    public boolean isRule() {
        return id.startsWith(RULE_PREFIX);
    }

    /** Returns the name of the rule. */
    public String ruleName() {
        return id.substring(RULE_PREFIX.length());
    }
}
