package dev.freshet.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.catalog.Item;
import dev.freshet.console.Text;
import dev.freshet.generator.GeneratedSite;
import dev.freshet.generator.GeneratedSite.GeneratedItem;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Compares recommended lists with popular, random and the best possible ones, made for one user at
 * one moment, by the generator's known click probabilities.
 */
final class DemoBaselines {
    private final DemoWorld world;
    private final GeneratedSite site;
    private final Map<String, Long> clicks = new ConcurrentHashMap<>();
    private final ClickRates rates = new ClickRates();

    DemoBaselines(DemoWorld world, GeneratedSite site) {
        this.world = world;
        this.site = site;
    }

    void clicked(String itemId) {
        clicks.merge(itemId, 1L, Long::sum);
    }

    ClickRates rates() {
        return rates;
    }

    /**
     * Compares one list.
     *
     * @param answer response of {@code POST /v1/recommendations}
     * @param seen ids of the items that the user has clicked, which the popular list leaves out too
     */
    void compare(
            SimulatedUser user,
            JsonNode answer,
            Set<String> seen,
            Instant now,
            RandomGenerator random) {
        List<String> shown = Text.texts(answer.path("items"), "itemId");
        List<String> mostClicked = new ArrayList<>(popular(seen));
        while (mostClicked.size() < Simulation.LIST_LENGTH) {
            mostClicked.add(anyItem(random));
        }
        List<String> anything = new ArrayList<>();
        for (int i = 0; i < Simulation.LIST_LENGTH; i++) {
            anything.add(anyItem(random));
        }
        rates.add(
                now,
                new ClickRates.Rates(
                        mean(user, shown, now),
                        mean(user, mostClicked, now),
                        mean(user, anything, now),
                        mean(user, oracle(user, seen, now), now)));
    }

    /**
     * Returns the list with the highest click probability: the items that attract the user most, of
     * those that the rules let a list show. An item that is recommended once only is left out if
     * the user has clicked it, as is what the site's filter refuses.
     */
    List<String> oracle(SimulatedUser user, Set<String> seen, Instant now) {
        record Attraction(String itemId, double probability) {}
        return site.items().stream()
                .map(GeneratedItem::item)
                .filter(world::shows)
                .filter(
                        item ->
                                item.repeat().equals(Item.RepeatRule.ALWAYS)
                                        || !seen.contains(item.itemId()))
                .map(
                        item ->
                                new Attraction(
                                        item.itemId(),
                                        site.attraction(
                                                user,
                                                Objects.requireNonNull(site.item(item.itemId())),
                                                now)))
                .sorted(
                        Comparator.comparingDouble(Attraction::probability)
                                .reversed()
                                .thenComparing(Attraction::itemId))
                .limit(Simulation.LIST_LENGTH)
                .map(Attraction::itemId)
                .toList();
    }

    /**
     * Returns the ids of the items clicked most often by all users so far, without those that the
     * user has clicked, ties ordered by id. The demo counts the clicks itself, independently of the
     * system under test.
     */
    private List<String> popular(Set<String> seen) {
        Comparator<Map.Entry<String, Long>> most =
                Map.Entry.comparingByValue(Comparator.reverseOrder());
        return clicks.entrySet().stream()
                .filter(entry -> !seen.contains(entry.getKey()))
                .sorted(most.thenComparing(Map.Entry.comparingByKey()))
                .limit(Simulation.LIST_LENGTH)
                .map(Map.Entry::getKey)
                .toList();
    }

    private String anyItem(RandomGenerator random) {
        return site.items().get(random.nextInt(site.items().size())).item().itemId();
    }

    /**
     * Returns the mean click probability over all positions; a position that is empty or holds an
     * unknown item counts as 0.
     */
    private double mean(SimulatedUser user, List<String> itemIds, Instant now) {
        double sum = 0;
        for (int i = 0; i < itemIds.size(); i++) {
            GeneratedItem article = site.item(itemIds.get(i));
            if (article != null) {
                sum += site.clickProbability(user, article, i, now);
            }
        }
        return sum / Simulation.LIST_LENGTH;
    }

    /**
     * Mean click probabilities of personalised, popular and random lists, and of the best possible
     * ones: over the whole run, and over its latest minute, which shows what was learned by then.
     * They are computed from the generator's known probabilities instead of from sampled clicks, so
     * they contain no sampling noise.
     */
    static final class ClickRates {
        /** How long a list is one of the latest. */
        static final Duration LATEST = Duration.ofMinutes(1);

        private record Compared(Instant at, Rates rates) {}

        private final Deque<Compared> latest = new ArrayDeque<>();
        private Rates sum = Rates.NONE;
        private long lists;

        /**
         * Click probabilities; 0 where no list was shown.
         *
         * @param oracle of the lists that the users' true preferences make
         */
        public record Rates(double personalised, double popular, double random, double oracle) {
            private static final Rates NONE = new Rates(0, 0, 0, 0);

            private Rates plus(Rates other) {
                return new Rates(
                        personalised + other.personalised,
                        popular + other.popular,
                        random + other.random,
                        oracle + other.oracle);
            }

            private Rates mean(long of) {
                long n = Math.max(1, of);
                return new Rates(personalised / n, popular / n, random / n, oracle / n);
            }

            /** Returns how many times as often as popular lists personalised ones are clicked. */
            double timesPopular() {
                return personalised / Math.max(1e-9, popular);
            }

            /** Returns the share of the best lists that personalised ones reach. */
            double shareOfOracle() {
                return personalised / Math.max(1e-9, oracle);
            }
        }

        /** Adds the means of one list of each kind, all made for one user at one moment. */
        synchronized void add(Instant at, Rates means) {
            sum = sum.plus(means);
            lists++;
            latest.addLast(new Compared(at, means));
            while (latest.getFirst().at().isBefore(at.minus(LATEST))) {
                latest.removeFirst();
            }
        }

        /** Returns the means over all lists. */
        synchronized Rates all() {
            return sum.mean(lists);
        }

        /** Returns the means over the lists of the latest minute. */
        synchronized Rates latest() {
            return latest.stream()
                    .map(Compared::rates)
                    .reduce(Rates.NONE, Rates::plus)
                    .mean(latest.size());
        }
    }
}
