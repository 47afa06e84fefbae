package dev.freshet.candidate;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.Item.Availability;
import dev.freshet.event.Context;
import dev.freshet.model.Model;
import java.time.Instant;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Passes items that are not deleted and are available here and now. An item limited to regions is
 * withheld where the user's country is not known, because the right to show it has to be certain.
 * An item that is in no catalogue passes only where {@link CatalogueMode} says so: any client can
 * name one by an event.
 */
public final class AvailabilityFilter implements CandidateFilter {
    @Override
    public String wireName() {
        return "availability";
    }

    @Override
    public String refusal() {
        return "it is deleted, in no catalogue, or not available in this country at this time";
    }

    @Override
    public IntPredicate passing(RequestContext request) {
        Model model = request.model();
        return item ->
                model.shows(item)
                        && available(
                                model.items().properties(item), request.context(), request.now());
    }

    private static boolean available(Item item, Context context, Instant now) {
        if (item.availability().isEmpty()) {
            return true;
        }
        for (Availability availability : item.availability()) {
            if (availability.contains(now)
                    && inPlace(availability.regions(), context.country(), context.region())) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns whether a region matches the country and region of the request.
     *
     * @param region with the country in front ({@code BR-SP}) or without ({@code SP})
     */
    private static boolean inPlace(
            Set<String> regions, @Nullable String country, @Nullable String region) {
        if (regions.isEmpty()) {
            return true;
        }
        if (country == null) {
            return region != null && region.contains("-") && regions.contains(region);
        }
        if (regions.contains(country)) {
            return true;
        }
        return region != null && regions.contains(full(country, region));
    }

    private static String full(String country, String region) {
        return region.startsWith(country + "-") ? region : country + "-" + region;
    }
}
