package dev.freshet.insight;

import dev.freshet.catalog.Item;
import dev.freshet.example.ModelTime;
import dev.freshet.insight.CatalogueReport.NeverShownReason;
import dev.freshet.model.Model;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.sums.ItemAudience;
import dev.freshet.model.sums.TopicWindows.TopicWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;

/**
 * The catalogue of one version of the model and what became of its items in the days before: the
 * rules that all answers about items share.
 *
 * @param at the time that the answers are of: when the version was made, or its newest event if
 *     that is later
 */
record CataloguePast(Model model, long version, Instant at) {
    /** Days in which an item is shown lately or not. */
    static final int DAYS = 7;

    /** How long an item has to be out before it can be one that was never shown. */
    static final Duration OUT = Duration.ofHours(24);

    static CataloguePast of(Versioned newest) {
        Instant clock = newest.model().clock();
        return new CataloguePast(
                newest.model(), newest.version(), newest.at().isAfter(clock) ? newest.at() : clock);
    }

    private ItemAudience audience() {
        return model.audience();
    }

    /** Returns the time of the answers as a {@link ModelTime}. */
    int time() {
        return ModelTime.of(at);
    }

    /** Returns whether an item can be part of a list now, in some country. */
    boolean isAvailable(int item) {
        if (!model.shows(item)) {
            return false;
        }
        Item known = model.items().properties(item);
        return known.availability().isEmpty()
                || known.availability().stream().anyMatch(window -> window.contains(at));
    }

    /** Returns whether an item was shown in the last {@value #DAYS} days. */
    boolean isShown(int item) {
        return isRecent(audience().lastShown(item));
    }

    /** Returns whether an interaction with an item happened in the last {@value #DAYS} days. */
    boolean isInteractedWith(int item) {
        return isRecent(model.items().last(item));
    }

    boolean isRecent(int time) {
        return time != ModelTime.NEVER && time >= ModelTime.of(at.minus(Duration.ofDays(DAYS)));
    }

    /** Returns whether an item is available, out for a day, and was not shown lately. */
    boolean isNeverShown(int item) {
        return isAvailable(item)
                && !isShown(item)
                && model.items()
                        .bornAt(item)
                        .map(born -> !born.isAfter(at.minus(OUT)))
                        .orElse(true);
    }

    /** Returns the countries in which anything was read in the days that are kept. */
    Set<String> countries() {
        Set<String> countries = new HashSet<>();
        for (SortedMap<String, TopicWindow> day : model.topics().countries().values()) {
            countries.addAll(day.keySet());
        }
        return countries;
    }

    /**
     * Returns why an item was not shown.
     *
     * @param readIn the countries in which anything was read
     */
    NeverShownReason reason(int item, Set<String> readIn) {
        Item known = model.items().properties(item);
        boolean everywhere =
                known.availability().isEmpty()
                        || known.availability().stream()
                                .filter(window -> window.contains(at))
                                .anyMatch(window -> reaches(window.regions(), readIn));
        if (!everywhere) {
            return NeverShownReason.NO_REGION;
        }
        if (model.terms().of(item).length == 0 && model.embeddings().of(item).isEmpty()) {
            return NeverShownReason.NO_TEXT;
        }
        return model.items().last(item) == ModelTime.NEVER
                ? NeverShownReason.NEVER_A_CANDIDATE
                : NeverShownReason.OUTRANKED;
    }

    /** Returns whether regions have a part in one of some countries; no regions are all. */
    static boolean reaches(Set<String> regions, Set<String> countries) {
        return regions.isEmpty()
                || regions.stream().anyMatch(region -> countries.contains(region.split("-", 2)[0]));
    }
}
