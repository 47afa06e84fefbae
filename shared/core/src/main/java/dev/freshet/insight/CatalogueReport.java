package dev.freshet.insight;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of the catalogue in the last seven days.
 *
 * @param asOf the time that the figures are of
 * @param items all that the model knows, deleted ones excluded
 * @param available those that can be part of a list now
 * @param shown available items that were part of a list
 * @param met available items that somebody interacted with
 * @param gini of the showings of available items, decayed with a half-life of a fortnight; null
 *     where nothing was shown
 * @param topShare the part of these showings that the most shown hundredth of the items have
 * @param neverShown available items, out for a day, that were part of no list, by reason
 * @param firstShowing how long items of these days waited; null where none was shown
 */
public record CatalogueReport(
        long modelVersion,
        Instant asOf,
        int items,
        int available,
        int shown,
        int met,
        @Nullable Double gini,
        @Nullable Double topShare,
        Map<NeverShownReason, Integer> neverShown,
        @Nullable FirstShowing firstShowing) {
    /** Days that the figures are of. */
    public static final int DAYS = CataloguePast.DAYS;

    /**
     * From the catalogue's first put of an item to its first showing.
     *
     * @param items that were put in these days and have been shown
     */
    public record FirstShowing(int items, long medianSeconds, long p90Seconds) {}

    public CatalogueReport {
        neverShown = Map.copyOf(neverShown);
    }
}
