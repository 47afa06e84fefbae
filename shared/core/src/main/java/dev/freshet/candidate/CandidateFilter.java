package dev.freshet.candidate;

import static dev.freshet.check.Check.require;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.catalog.Item.Availability;
import dev.freshet.catalog.Item.RepeatRule;
import dev.freshet.event.Context;
import dev.freshet.model.Model;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.profile.UserProfile.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Withholds items that must not be shown to this user, here and now.
 *
 * @param wireName the name in log lines and explanations
 * @param refusal why the filter withholds an item, as the end of a sentence about that item: "it
 *     does not match the filter of the request"
 * @param isRelaxable whether the filter is dropped where otherwise fewer items than requested would
 *     be found
 * @param items returns which items pass, by index into the model's items; called once a request,
 *     and the result once a candidate
 */
public record CandidateFilter(
        String wireName,
        String refusal,
        boolean isRelaxable,
        Function<RequestContext, IntPredicate> items) {
    /**
     * Passes items that are not deleted and are available here and now. An item limited to regions
     * is withheld where the user's country is not known, because the right to show it has to be
     * certain. An item that is in no catalogue passes only where {@link CatalogueMode} says so: any
     * client can name one by an event.
     */
    public static final CandidateFilter AVAILABILITY =
            new CandidateFilter(
                    "availability",
                    "it is deleted, in no catalogue, or not available in this country at this time",
                    false,
                    CandidateFilter::available);

    /**
     * Passes items that the user has not interacted with, or may see again: by the repeat rule of
     * each item, unless the request says never, always or learned. The item being looked at never
     * passes. Only the rows that were read count, so an item of an older interaction is new again.
     */
    public static final CandidateFilter SEEN =
            new CandidateFilter(
                    "seen",
                    "the user interacted with it or is looking at it, and it may not be repeated yet",
                    false,
                    CandidateFilter::unseen);

    /** Passes items that the user has neither disliked nor hidden, directly or by author or tag. */
    public static final CandidateFilter UNWANTED =
            new CandidateFilter(
                    "unwanted",
                    "the user disliked or hid it, its author or one of its tags",
                    false,
                    request -> item -> !request.seen().unwanted(item, request.model().items()));

    /** Passes items that match the filter of the request. */
    public static final CandidateFilter REQUEST =
            new CandidateFilter(
                    "request",
                    "it does not match the filter of the request",
                    false,
                    request -> request.filter()::test);

    /**
     * How often an item may be shown to a user who does not interact with it. Showings are counted
     * as long as no day passes between two of them, so a longer rest would not be known. A user who
     * comes back to a list while reading sees it again within minutes: no more showings count than
     * spans of {@link #SPAN} have begun since the first one.
     *
     * @param shows after which the item rests, 0 to {@value #MAX_SHOWS}; 0 for no cap
     * @param rest from the last showing, after which the item is shown once more; at most a day
     */
    public record FrequencyCap(int shows, Duration rest) {
        public static final int MAX_SHOWS = 100;
        public static final Duration LONGEST_REST = Duration.ofDays(1);

        /** The time in which one more showing counts. */
        public static final Duration SPAN = Duration.ofMinutes(5);

        /** The cap of a stack that does not say otherwise. */
        public static final FrequencyCap DEFAULT = new FrequencyCap(4, LONGEST_REST);

        public FrequencyCap {
            require(
                    shows >= 0 && shows <= MAX_SHOWS,
                    "A cap is of 0 to " + MAX_SHOWS + " showings");
            require(
                    !(rest.isNegative() || rest.compareTo(LONGEST_REST) > 0),
                    "An item rests for a day at most");
        }

        boolean isOff() {
            return shows == 0;
        }

        /** Returns whether an item that was shown so often rests now. */
        boolean holdsBack(Shown shown, Instant now) {
            long spans = 1 + Duration.between(shown.since(), shown.last()).dividedBy(SPAN);
            return !isOff()
                    && Math.min(shown.count(), spans) >= shows
                    && shown.last().isAfter(now.minus(rest));
        }
    }

    /**
     * Returns the filter that withholds items that rest under the frequency cap: shown too often
     * without an interaction. It is dropped where otherwise fewer items than requested would be
     * found.
     */
    public static CandidateFilter shown(FrequencyCap cap) {
        return new CandidateFilter(
                "shown",
                "it was shown "
                        + cap.shows()
                        + " times or more without an interaction, and rests until "
                        + cap.rest().toHours()
                        + " hours after the last time",
                true,
                request -> rested(request, cap));
    }

    /**
     * Returns the filters of recommendations, in the order in which they are asked.
     *
     * @param cap how often an item is shown to a user who does not interact with it
     */
    public static List<CandidateFilter> usual(FrequencyCap cap) {
        return List.of(AVAILABILITY, SEEN, UNWANTED, shown(cap), REQUEST);
    }

    /** Returns which items pass for a request, by index into the model's items. */
    public IntPredicate passing(RequestContext request) {
        return items.apply(request);
    }

    private static IntPredicate available(RequestContext request) {
        Model model = request.model();
        Instant now = request.now();
        return item -> {
            if (!model.shows(item)) {
                return false;
            }
            List<Availability> windows = model.items().properties(item).availability();
            for (Availability window : windows) {
                if (window.contains(now) && inPlace(window.regions(), request.context())) {
                    return true;
                }
            }
            return windows.isEmpty();
        };
    }

    /** Returns whether regions have the place of a request; no regions are everywhere. */
    private static boolean inPlace(Set<String> regions, Context context) {
        String country = context.country();
        String region = context.region();
        if (regions.isEmpty()) {
            return true;
        }
        if (country == null) {
            return region != null && region.contains("-") && regions.contains(region);
        }
        return regions.contains(country)
                || (region != null
                        && regions.contains(
                                region.startsWith(country + "-")
                                        ? region
                                        : country + "-" + region));
    }

    private static IntPredicate unseen(RequestContext request) {
        ItemTable items = request.model().items();
        long now = request.now().getEpochSecond();
        return item -> {
            if (item == request.lookedAt()) {
                return false;
            }
            long last = request.seen().last(item);
            return last == SeenItems.NEVER
                    || switch (request.repeats()) {
                        case ALWAYS -> true;
                        case NEVER -> false;
                        case LEARNED -> request.signals().repeatWorth(item) >= 0;
                        case BY_ITEM ->
                                mayRepeat(request, item, items.item(item).repeat(), now - last);
                    };
        };
    }

    private static boolean mayRepeat(
            RequestContext request, int item, RepeatRule rule, long secondsSince) {
        return switch (rule) {
            case RepeatRule.Never never -> false;
            case RepeatRule.Always always -> true;
            case RepeatRule.Learned learned -> request.signals().repeatWorth(item) >= 0;
            case RepeatRule.After after -> secondsSince >= after.pause().toSeconds();
        };
    }

    private static IntPredicate rested(RequestContext request, FrequencyCap cap) {
        IntIndex capped = new IntIndex(16);
        if (!cap.isOff()) {
            request.profile()
                    .shown()
                    .forEach(
                            (itemId, shown) -> {
                                int item = request.model().items().index(itemId);
                                if (item >= 0
                                        && cap.holdsBack(shown, request.now())
                                        && request.seen().last(item) == SeenItems.NEVER) {
                                    capped.orderOrInsert(item);
                                }
                            });
        }
        return capped.size() == 0 ? item -> true : item -> capped.order(item) < 0;
    }
}
