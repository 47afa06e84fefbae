package dev.freshet.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.freshet.example.ModelTime;
import dev.freshet.json.JsonRecords.SixDigits;
import dev.freshet.json.WireName;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.sums.ItemAudience;
import dev.freshet.model.sums.ItemAudience.AudienceHalfLife;
import dev.freshet.statistics.Concentration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
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
    private static final double TOP = 0.01;

    /** Available items, out for a day, that were part of no list. */
    public record NeverShown(int count, List<Reason> reasons) {}

    /** Why items were not shown, and how many they are. */
    public record Reason(NeverShownReason reason, int count) {}

    /**
     * From the catalogue's first put of an item to its first showing.
     *
     * @param items that were put in these days and have been shown
     */
    public record FirstShowing(int items, long medianSeconds, long p90Seconds) {}

    /** Why an item that could be shown was not, as far as the model knows; the first that holds. */
    public enum NeverShownReason implements WireName {
        /** Nothing was read in the countries and regions where it is available. */
        NO_REGION,
        /** It has no words and no vector, so that it is like no other item. */
        NO_TEXT,
        /** Nobody interacted with it, so that only sources of new items propose it. */
        NEVER_A_CANDIDATE,
        /** People interacted with it, and others ranked higher or filters left it out. */
        OUTRANKED
    }

    /**
     * Returns the report of a model. Cost: one pass over the items and a sort of their showings,
     * some milliseconds for 10,000.
     */
    public static CatalogueReport of(Versioned newest) {
        CataloguePast past = CataloguePast.of(newest);
        ItemAudience audience = past.model().audience();
        int size = past.model().items().size();
        int[] available = IntStream.range(0, size).filter(past::isAvailable).toArray();
        double[] showings =
                IntStream.of(available)
                        .mapToDouble(
                                item ->
                                        audience.shown(
                                                item, AudienceHalfLife.FORTNIGHT, past.time()))
                        .toArray();
        int shown = (int) IntStream.of(available).filter(past::isShown).count();
        return new CatalogueReport(
                past.version(),
                past.at(),
                (int)
                        IntStream.range(0, size)
                                .filter(item -> !past.model().items().deleted(item))
                                .count(),
                available.length,
                shown,
                (int) IntStream.of(available).filter(past::isInteractedWith).count(),
                available.length == 0 ? null : (double) shown / available.length,
                shown > 0 ? Concentration.gini(showings) : null,
                shown > 0 ? Concentration.topShare(showings, TOP) : null,
                neverShown(past, available),
                firstShowing(past, available),
                CataloguePast.DAYS);
    }

    private static NeverShown neverShown(CataloguePast past, int[] available) {
        Set<String> countries = past.countries();
        Map<NeverShownReason, Integer> counts = new TreeMap<>();
        IntStream.of(available)
                .filter(past::isNeverShown)
                .forEach(item -> counts.merge(past.reason(item, countries), 1, Integer::sum));
        return new NeverShown(
                counts.values().stream().mapToInt(Integer::intValue).sum(),
                counts.entrySet().stream()
                        .map(one -> new Reason(one.getKey(), one.getValue()))
                        .toList());
    }

    private static @Nullable FirstShowing firstShowing(CataloguePast past, int[] available) {
        ItemAudience audience = past.model().audience();
        long[] waited =
                IntStream.of(available)
                        .filter(item -> audience.firstShown(item) != ModelTime.NEVER)
                        .filter(item -> past.isRecent(past.model().items().knownSince(item)))
                        .mapToLong(
                                item ->
                                        Math.max(
                                                0L,
                                                (long) audience.firstShown(item)
                                                        - past.model().items().knownSince(item)))
                        .sorted()
                        .toArray();
        return waited.length == 0
                ? null
                : new FirstShowing(waited.length, quantile(waited, 0.5), quantile(waited, 0.9));
    }

    /** Returns the least value that at least this part of the values do not exceed. */
    private static long quantile(long[] rising, double part) {
        return rising[Math.max(0, (int) Math.ceil(part * rising.length) - 1)];
    }
}
