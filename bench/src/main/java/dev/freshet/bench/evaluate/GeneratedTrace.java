package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.TraceReader.Ties;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.event.EventTypes;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.GeneratedSite.GeneratedItem;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import dev.freshet.profile.UserProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Behaviour of the users of a generated site who find items by themselves: a visit is some views in
 * a row, each of one of {@value #LOOKED_AT} published items that the user has not viewed, drawn by
 * the chance that the user would click on it. Half of the items looked at are among the newest.
 *
 * <p>The visits are spread over the time in which the items of the site are published, so that the
 * site begins with few items.
 */
final class GeneratedTrace {
    private static final int LOOKED_AT = 30;

    /** The newest items, of which half of those looked at are. */
    private static final int NEWEST = 60;

    /** Items that are published before the first visit. */
    private static final int AT_FIRST = 20;

    private static final int LEAST_SECONDS = 10;
    private static final int MAX_SECONDS = 110;
    private static final double GOES_ON = 0.65;
    private static final double LIKES = 0.4;

    private final GeneratedSite site;
    private final RandomGenerator random;
    private final List<GeneratedItem> byTime;
    private final Map<SimulatedUser, Set<String>> viewed = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    private GeneratedTrace(GeneratedSite site, long seed) {
        this.site = site;
        random = new SplittableRandom(seed);
        byTime =
                site.items().stream()
                        .sorted(Comparator.comparing(GeneratedTrace::published))
                        .toList();
    }

    /**
     * Returns the behaviour on a site.
     *
     * @param items the records of its items as the catalogue has them
     * @param events number of events, at least 1
     */
    static Trace of(GeneratedSite site, List<Item> items, long seed, int events) {
        GeneratedTrace made = new GeneratedTrace(site, seed);
        made.visits(events);
        Instant afterwards = published(made.byTime.getLast()).plus(Duration.ofDays(1));
        Ties ties = new Ties.Shuffled(seed);
        return new TraceReader(TraceFormat.CSV, afterwards, ties, EventTypes.BUILT_IN)
                .read(made.lines, items, profiles(site));
    }

    /** Returns what the site states of its users, by user id. */
    private static Map<String, UserProfile> profiles(GeneratedSite site) {
        Map<String, UserProfile> profiles = new HashMap<>();
        for (SimulatedUser user : site.users()) {
            Map<String, AttributeValue> attributes =
                    Map.of(
                            "occupation",
                            AttributeValue.of(user.profession()),
                            "topic",
                            AttributeValue.of(site.favourite(user)));
            profiles.put(
                    user.userId(),
                    UserProfile.absent(user.userId())
                            .with(new UserProfile.Stated(attributes, null)));
        }
        return profiles;
    }

    private void visits(int events) {
        Instant first = published(byTime.get(AT_FIRST));
        Duration all = Duration.between(first, published(byTime.getLast()));
        while (lines.size() < events) {
            SimulatedUser user = user();
            Instant now = first.plus(all.multipliedBy(lines.size()).dividedBy(events));
            do {
                view(user, now);
                now = now.plusSeconds(random.nextInt(LEAST_SECONDS, MAX_SECONDS));
            } while (random.nextDouble() < GOES_ON);
        }
    }

    /** Returns a user; the first ones come more often than the last ones. */
    private SimulatedUser user() {
        double draw = random.nextDouble();
        return site.users().get((int) (draw * draw * site.users().size()));
    }

    private void view(SimulatedUser user, Instant now) {
        int published = 0;
        while (published < byTime.size() && !published(byTime.get(published)).isAfter(now)) {
            published++;
        }
        Set<String> own = viewed.computeIfAbsent(user, one -> new HashSet<>());
        List<GeneratedItem> looked = new ArrayList<>();
        double all = 0;
        for (int at = 0; at < LOOKED_AT; at++) {
            int from = at % 2 == 0 ? 0 : Math.max(0, published - NEWEST);
            GeneratedItem item = byTime.get(random.nextInt(from, published));
            if (!own.contains(item.item().itemId())) {
                looked.add(item);
                all += site.attraction(user, item, now);
            }
        }
        double draw = random.nextDouble() * all;
        for (GeneratedItem item : looked) {
            draw -= site.attraction(user, item, now);
            if (draw < 0) {
                own.add(item.item().itemId());
                write(user, item, "view", now);
                if (random.nextDouble() < LIKES * site.fit(user, item, now)) {
                    write(user, item, "like", now.plusSeconds(LEAST_SECONDS / 2));
                }
                return;
            }
        }
    }

    private void write(SimulatedUser user, GeneratedItem item, String type, Instant at) {
        String itemId = item.item().itemId();
        lines.add("%s,%s,%s,,%d".formatted(user.userId(), itemId, type, at.getEpochSecond()));
    }

    private static Instant published(GeneratedItem item) {
        return Objects.requireNonNull(item.item().publishedAt());
    }
}
