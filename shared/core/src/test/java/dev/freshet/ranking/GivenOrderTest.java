package dev.freshet.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.candidate.RequestContext;
import dev.freshet.candidate.Requests;
import dev.freshet.model.item.ItemScores;
import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Field;
import dev.freshet.query.ListRules.Limit;
import dev.freshet.ranking.Exploration.Kind;
import dev.freshet.ranking.Exploration.Position;
import dev.freshet.ranking.ResolvedRules.PinnedItem;
import dev.freshet.ranking.ResolvedRules.Promoted;
import dev.freshet.testkit.Site;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Given items under random rules, beside a reference that looks at everything for each place. */
class GivenOrderTest {
    private static final int SEEDS = 2_000;
    private static final int ITEMS = 24;

    private final Site site = site();
    private final RequestContext request = Requests.ofNobody(site);

    private static Site site() {
        Site site = new Site();
        for (int i = 0; i < ITEMS; i++) {
            site.put(
                    Site.article("a" + i, "Title " + i, "tag" + i % 3, "mark" + i % 4)
                            .author("author" + i % 5)
                            .group("group" + i % 7)
                            .type("type" + i % 6));
        }
        return site;
    }

    /** Rules and items of one seed. */
    private final class Case {
        private final ItemScores ranked;
        private final ResolvedRules given;

        Case(RandomGenerator random) {
            int size = 1 + random.nextInt(ITEMS);
            int[] items = new int[size];
            float[] scores = new float[size];
            float score = 2;
            int from = random.nextInt(ITEMS);
            for (int rank = 0; rank < size; rank++) {
                items[rank] = (from + 5 * rank) % ITEMS;
                score -= random.nextInt(3) * 0.25f;
                scores[rank] = score;
            }
            ranked = new ItemScores(items, scores);
            Set<Integer> withheld = new HashSet<>();
            for (int item : items) {
                if (random.nextInt(6) == 0) {
                    withheld.add(item);
                }
            }
            List<Limit> limits = new ArrayList<>();
            if (random.nextBoolean()) {
                limits.add(new Limit(Field.AUTHOR, 1 + random.nextInt(3)));
            }
            if (random.nextInt(3) == 0) {
                limits.add(new Limit(Field.TAGS, 1 + random.nextInt(6)));
            }
            List<PinnedItem> pins = new ArrayList<>();
            Set<Integer> taken = new HashSet<>();
            for (int n = random.nextInt(4); n > 0; n--) {
                int item = random.nextInt(ITEMS);
                int position = 1 + random.nextInt(ITEMS + 4);
                if (taken.add(item) && taken.add(-position)) {
                    pins.add(new PinnedItem(item, position));
                }
            }
            List<Promoted> promotions = new ArrayList<>();
            for (int n = random.nextInt(3); n > 0; n--) {
                promotions.add(
                        new Promoted(
                                request.compiled(
                                        Filter.In.texts(
                                                Field.TYPE, Set.of("type" + random.nextInt(6)))),
                                0.05 + 0.4 * random.nextDouble()));
            }
            double minScore = random.nextInt(3) == 0 ? 0.3 + 0.3 * random.nextDouble() : 0;
            given =
                    new ResolvedRules(
                            limits, pins, promotions, minScore, withheld, random.nextInt(3) == 0);
        }

        private int rank(int item) {
            for (int rank = 0; rank < ranked.size(); rank++) {
                if (ranked.item(rank) == item) {
                    return rank;
                }
            }
            return -1;
        }

        private boolean withheld(int rank) {
            return given.withheld().contains(ranked.item(rank));
        }

        /** Returns whether rules hold a rank back beside the ranks that count. */
        private boolean held(int rank, List<Integer> counted) {
            double mean = ResolvedRules.mean(ranked);
            if (ResolvedRules.chance(ranked.score(rank), mean) < given.minScore()) {
                return true;
            }
            for (Limit limit : given.limits()) {
                for (String value : values(rank, limit)) {
                    long alike =
                            counted.stream()
                                    .filter(one -> values(one, limit).contains(value))
                                    .count();
                    if (alike >= limit.max()) {
                        return true;
                    }
                }
            }
            return false;
        }

        private List<String> values(int rank, Limit limit) {
            var item = site.model().items().item(ranked.item(rank));
            return limit.field().equals(Field.AUTHOR)
                    ? List.of(String.valueOf(item.author()))
                    : item.tags();
        }

        /** The order and the items held back, by looking at everything for each place. */
        private void expect(List<Integer> order, Set<Integer> marked) {
            List<PinnedItem> pins =
                    new ArrayList<>(
                            given.pins().stream()
                                    .filter(pin -> rank(pin.item()) >= 0)
                                    .filter(pin -> !given.withheld().contains(pin.item()))
                                    .sorted((a, b) -> Integer.compare(a.position(), b.position()))
                                    .toList());
            List<Integer> open = new ArrayList<>();
            for (int rank = 0; rank < ranked.size(); rank++) {
                open.add(rank);
            }
            List<Integer> counted = new ArrayList<>();
            for (PinnedItem pin : pins) {
                open.remove(Integer.valueOf(rank(pin.item())));
                counted.add(rank(pin.item()));
            }
            List<Integer> shown = new ArrayList<>();
            while (true) {
                if (given.drop()) {
                    for (int rank : List.copyOf(open)) {
                        if (held(rank, counted)) {
                            marked.add(ranked.item(rank));
                            open.remove(Integer.valueOf(rank));
                        }
                    }
                }
                if (open.isEmpty() && pins.isEmpty()) {
                    return;
                }
                int at = order.size() + 1;
                if (!pins.isEmpty() && (pins.getFirst().position() == at || open.isEmpty())) {
                    int rank = rank(pins.removeFirst().item());
                    order.add(rank);
                    shown.add(rank);
                    continue;
                }
                int next = promoted(at, open, counted, shown);
                next = next < 0 ? open.getFirst() : next;
                open.remove(Integer.valueOf(next));
                order.add(next);
                if (withheld(next)) {
                    continue;
                }
                if (held(next, counted)) {
                    marked.add(ranked.item(next));
                } else {
                    counted.add(next);
                    shown.add(next);
                }
            }
        }

        private int promoted(
                int at, List<Integer> open, List<Integer> counted, List<Integer> shown) {
            for (Promoted promotion : given.promotions()) {
                long have =
                        shown.stream()
                                .filter(rank -> promotion.filter().test(ranked.item(rank)))
                                .count();
                if (have < Math.floor(promotion.share() * at + 0.5)) {
                    for (int rank : open) {
                        if (promotion.filter().test(ranked.item(rank))
                                && !withheld(rank)
                                && !held(rank, counted)) {
                            return rank;
                        }
                    }
                }
            }
            return -1;
        }
    }

    @Test
    void ordersOfRandomRulesAreThoseOfTheReference() {
        int ruled = 0;
        int heldBack = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Case one = new Case(new SplittableRandom(seed));
            List<Integer> order = new ArrayList<>();
            Set<Integer> marked = new HashSet<>();
            one.expect(order, marked);

            GivenOrder given = new GivenOrder(site.model(), one.ranked, one.given, 0);
            List<Position> positions = given.place(new SplittableRandom(seed));

            assertThat(positions.stream().map(Position::rank).toList())
                    .as("seed %d", seed)
                    .isEqualTo(order);
            assertThat(given.withheld())
                    .as("seed %d", seed)
                    .extracting(held -> site.model().items().index(held.itemId()))
                    .containsExactlyInAnyOrderElementsOf(marked);
            ruled += (int) positions.stream().filter(at -> at.kind() != Kind.CHOSEN).count();
            heldBack += marked.size();
        }
        assertThat(ruled).isGreaterThan(SEEDS);
        assertThat(heldBack).isGreaterThan(SEEDS);
    }

    @Test
    void everyItemHasOnePlaceUnlessWhatIsHeldBackIsDropped() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Case one = new Case(new SplittableRandom(seed));
            double temperature = seed % 2 == 0 ? 0 : 0.5;
            GivenOrder given = new GivenOrder(site.model(), one.ranked, one.given, temperature);

            List<Position> positions = given.place(new SplittableRandom(seed));

            assertThat(positions)
                    .as("seed %d", seed)
                    .extracting(Position::rank)
                    .doesNotHaveDuplicates()
                    .hasSize(one.ranked.size() - (one.given.drop() ? given.withheld().size() : 0));
            assertThat(positions)
                    .as("a place that a rule gives is not drawn, seed %d", seed)
                    .filteredOn(at -> at.kind() == Kind.PINNED || at.kind() == Kind.PROMOTED)
                    .allMatch(at -> at.propensity() == 1);
            assertThat(positions)
                    .filteredOn(at -> at.kind() == Kind.DRAWN)
                    .allMatch(at -> at.propensity() > 0 && at.propensity() <= 1 + 1e-9);
        }
    }
}
