package dev.freshet.insight;

import dev.freshet.example.ModelTime;
import dev.freshet.model.audience.AudienceHalfLife;
import dev.freshet.model.audience.ItemAudience;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.statistics.Concentration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers what became of the catalogue, from the model in memory. Cost: one pass over the items and
 * a sort of their showings, some milliseconds for 10,000.
 */
public final class CatalogueInsights {
    private static final double TOP = 0.01;

    private final Supplier<Versioned> model;

    /**
     * Creates the answers over the model.
     *
     * @param model returns the newest model
     */
    public CatalogueInsights(Supplier<Versioned> model) {
        this.model = model;
    }

    /** Answers the question for the newest model. */
    public CatalogueReport answer() {
        CataloguePast past = CataloguePast.of(model.get());
        ItemAudience audience = past.model().audience().items();
        Set<String> countries = past.countries();
        int size = past.model().items().size();
        int[] available = IntStream.range(0, size).filter(past::isAvailable).toArray();
        Map<NeverShownReason, Integer> neverShown = new EnumMap<>(NeverShownReason.class);
        for (int item : available) {
            if (past.isNeverShown(item)) {
                neverShown.merge(past.reason(item, countries), 1, Integer::sum);
            }
        }
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
                CatalogueReport.NeverShown.of(neverShown),
                firstShowing(past, available),
                CataloguePast.DAYS);
    }

    private static CatalogueReport.@Nullable FirstShowing firstShowing(
            CataloguePast past, int[] available) {
        ItemAudience audience = past.model().audience().items();
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
                : new CatalogueReport.FirstShowing(
                        waited.length, quantile(waited, 0.5), quantile(waited, 0.9));
    }

    /** Returns the least value that at least this part of the values do not exceed. */
    private static long quantile(long[] rising, double part) {
        return rising[Math.max(0, (int) Math.ceil(part * rising.length) - 1)];
    }
}
