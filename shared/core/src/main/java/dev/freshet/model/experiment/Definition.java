package dev.freshet.model.experiment;

import org.jspecify.annotations.Nullable;

/**
 * A definition as the model knows it: what sums need of it, and the document for those who assign
 * and analyse.
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
        String document) {}
