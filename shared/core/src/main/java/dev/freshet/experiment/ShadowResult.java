package dev.freshet.experiment;

import dev.freshet.statistics.ConfidenceInterval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What drawn lists say about a shadow. Values are clicks on the first {@code places} places of a
 * list; where the lists cannot answer, there are none but reasons.
 *
 * @param lists that were drawn by chance and shown from the top
 * @param leftOut lists of the experiment that say nothing about the shadow
 * @param places how many places from the top can be evaluated; 0 if none
 * @param effective how many lists the weighted ones are worth, at the first place
 * @param meanWeight at the first place; 1 but for chance
 * @param largestShare of all weight that one list has at the last place that is evaluated
 * @param clipped places of lists whose weight was above the bound and counts as that
 * @param refusals why there are no values, each a sentence
 * @param logged clicks of the lists as they were shown; null where refused
 * @param rips estimate by weighted clicks over lists; null where refused
 * @param snrips estimate by weighted clicks over weights, the one to read; null where refused
 * @param difference of {@code snrips} from {@code logged}; null where refused
 */
public record ShadowResult(
        String shadow,
        long lists,
        long leftOut,
        int places,
        double effective,
        double meanWeight,
        double largestShare,
        long clipped,
        List<String> refusals,
        @Nullable Value logged,
        @Nullable Value rips,
        @Nullable Value snrips,
        @Nullable Value difference) {
    /**
     * A number with the interval that holds at every look.
     *
     * @param interval contains the true number at all looks at once with a chance of 95 %
     */
    public record Value(double value, ConfidenceInterval interval) {}

    public ShadowResult {
        refusals = List.copyOf(refusals);
    }

    /** Returns whether the lists cannot answer. */
    public boolean refused() {
        return !refusals.isEmpty();
    }
}
