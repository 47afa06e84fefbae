package dev.freshet.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.freshet.json.SixDigits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of the catalogue in the latest days.
 *
 * @param asOf the time that the figures are of
 * @param items all that the model knows, deleted ones excluded
 * @param available those that can be part of a list now
 * @param shown available items that were part of a list
 * @param interactedWith available items that somebody interacted with
 * @param coverage the part of the available items that was shown; null where none is available
 * @param gini of the showings of available items, decayed with a half-life of a fortnight; null
 *     where nothing was shown
 * @param topShare the part of these showings that the most shown hundredth of the items have
 * @param timeToFirstShowing how long items of these days waited; null where none was shown
 * @param days that the figures are of
 */
@JsonInclude(Include.ALWAYS)
public record CatalogueReport(
        long modelVersion,
        Instant asOf,
        int items,
        int available,
        int shown,
        int interactedWith,
        @SixDigits @Nullable Double coverage,
        @SixDigits @Nullable Double gini,
        @SixDigits @Nullable Double topShare,
        NeverShown neverShown,
        @Nullable FirstShowing timeToFirstShowing,
        int days) {
    /** Available items, out for a day, that were part of no list. */
    public record NeverShown(int count, List<Reason> reasons) {
        static NeverShown of(Map<NeverShownReason, Integer> counts) {
            return new NeverShown(
                    counts.values().stream().mapToInt(Integer::intValue).sum(),
                    new TreeMap<>(counts)
                            .entrySet().stream()
                                    .map(one -> new Reason(one.getKey(), one.getValue()))
                                    .toList());
        }
    }

    /** Why items were not shown, and how many they are. */
    public record Reason(NeverShownReason reason, int count) {}

    /**
     * From the catalogue's first put of an item to its first showing.
     *
     * @param items that were put in these days and have been shown
     */
    public record FirstShowing(int items, long medianSeconds, long p90Seconds) {}
}
