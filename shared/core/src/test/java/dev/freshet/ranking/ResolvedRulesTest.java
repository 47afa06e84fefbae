package dev.freshet.ranking;

import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.candidate.RequestContext;
import dev.freshet.candidate.Requests;
import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Field;
import dev.freshet.query.ListRules.Limit;
import dev.freshet.ranking.Exploration.Kind;
import dev.freshet.ranking.RankedList.Ranked;
import dev.freshet.ranking.ResolvedRules.PinnedItem;
import dev.freshet.ranking.ResolvedRules.Promoted;
import dev.freshet.ranking.Strategy.StackingStrategy;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Lists whose places rules give, chosen and drawn. */
class ResolvedRulesTest {
    private static final int PLACES = 10;
    private static final double DRAWN = 0.5;

    private final Site site = site();
    private final RequestContext request = Requests.ofNobody(site);

    /** Forty items of five authors, of which the last ten nobody reads, and every sixth is sold. */
    private static Site site() {
        Site site = new Site();
        for (int i = 0; i < 40; i++) {
            site.put(
                    article("a" + i, "Title " + i, "tag" + i % 3)
                            .author("author" + i % 5)
                            .type(i % 6 == 0 ? "sold" : "free"));
        }
        for (int i = 0; i < 30; i++) {
            site.crowdReads(4 + i % 3, Duration.ofHours(1 + i), "a" + i);
        }
        return site;
    }

    private RankedList list(ResolvedRules rules, double temperature, long seed) {
        return list(rules, temperature, seed, List.of());
    }

    private RankedList list(
            ResolvedRules rules, double temperature, long seed, List<ShadowPolicy> shadows) {
        return Requests.list(request, PLACES, rules, temperature, seed, shadows);
    }

    private int item(String id) {
        return site.model().items().index(id);
    }

    private Promoted sold(double share) {
        return new Promoted(request.compiled(Filter.In.texts(Field.TYPE, Set.of("sold"))), share);
    }

    private boolean isSold(Ranked ranked) {
        return site.model().items().item(ranked.item()).type().equals("sold");
    }

    private static ResolvedRules rules(
            List<Limit> limits, List<PinnedItem> pins, List<Promoted> promotions, double minScore) {
        return new ResolvedRules(limits, pins, promotions, minScore, Set.of(), false);
    }

    private static ShadowPolicy shadow(double diversity, double temperature) {
        Blend blend = new Blend(new StackingStrategy(), Blend.WITH_HISTORY);
        return new ShadowPolicy(blend, List.of(), List.of(), diversity, temperature);
    }

    private ResolvedRules all() {
        return rules(
                List.of(new Limit(Field.AUTHOR, 3)),
                List.of(new PinnedItem(item("a39"), 2), new PinnedItem(item("a12"), 7)),
                List.of(sold(0.3)),
                0);
    }

    @Test
    void aPinnedItemHasItsPositionOnceAndSaysWhy() {
        for (double temperature : new double[] {0, DRAWN}) {
            List<Ranked> list = list(all(), temperature, 1).items();

            assertThat(list).hasSize(PLACES).extracting(Ranked::item).doesNotHaveDuplicates();
            assertThat(list.get(1).item()).isEqualTo(item("a39"));
            assertThat(list.get(6).item()).isEqualTo(item("a12"));
            assertThat(list.get(1).kind()).isEqualTo(Kind.PINNED);
            assertThat(list.get(1).propensity()).isEqualTo(1);
            assertThat(list.get(1).reasons())
                    .extracting(Reason::source)
                    .containsExactly(Reason.RULE);
        }
    }

    @Test
    void promotedItemsHaveTheirShareWhereverTheListEnds() {
        for (double temperature : new double[] {0, DRAWN}) {
            for (int seed = 0; seed < 50; seed++) {
                ResolvedRules rules = rules(List.of(), List.of(), List.of(sold(0.4)), 0);
                List<Ranked> list = list(rules, temperature, seed).items();

                for (int places = 1; places <= PLACES; places++) {
                    assertThat(list.subList(0, places).stream().filter(this::isSold).count())
                            .as("seed %d, first %d places", seed, places)
                            .isGreaterThanOrEqualTo(sold(0.4).due(places));
                }
            }
        }
    }

    @Test
    void whoIsPromotedWithoutTheRuleNeedsNoPlaceOfIt() {
        Promoted every = new Promoted(request.compiled(Filter.EVERYTHING), 0.5);
        ResolvedRules rules = rules(List.of(), List.of(), List.of(every), 0);

        assertThat(list(rules, 0, 1).items())
                .filteredOn(ranked -> ranked.kind() == Kind.PROMOTED)
                .as("half of the first place is rounded up; after it every item counts")
                .hasSize(1);
    }

    @Test
    void atMostSoManyItemsHaveTheSameAuthor() {
        ResolvedRules rules = rules(List.of(new Limit(Field.AUTHOR, 1)), List.of(), List.of(), 0);
        for (double temperature : new double[] {0, DRAWN}) {
            assertThat(list(rules, temperature, 3).items())
                    .as("there are five authors")
                    .hasSize(5)
                    .extracting(ranked -> site.model().items().item(ranked.item()).author())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void whoReachesTheLeastChanceIsShownAndNobodyElse() {
        RankedList free = list(ResolvedRules.NONE, 0, 1);
        double mean = ResolvedRules.mean(free.blended().ranked());
        ResolvedRules rules = rules(List.of(), List.of(), List.of(), 0.55);

        for (double temperature : new double[] {0, DRAWN}) {
            List<Ranked> list = list(rules, temperature, 2).items();

            assertThat(list).isNotEmpty();
            assertThat(list).allMatch(ranked -> ResolvedRules.chance(ranked.score(), mean) >= 0.55);
        }
        assertThat(rules.eligible(free.blended().ranked()))
                .isLessThan(free.blended().ranked().size());
    }

    @Test
    void placesThatRulesGiveAreNotDrawnAndTheOthersAre() {
        RankedList list = list(all(), DRAWN, 4);

        for (Ranked ranked : list.items()) {
            boolean given = ranked.kind() == Kind.PINNED || ranked.kind() == Kind.PROMOTED;
            assertThat(ranked.propensity() == 1).isEqualTo(given);
        }
        assertThat(list.items()).filteredOn(ranked -> ranked.kind() == Kind.PROMOTED).isNotEmpty();
    }

    @Test
    void aShadowThatIsThePolicyItselfHasLogRatiosOfZeroBesideRules() {
        ShadowPolicy same = shadow(0.2, DRAWN);
        for (int seed = 0; seed < 50; seed++) {
            for (Ranked ranked : list(all(), DRAWN, seed, List.of(same)).items()) {
                assertThat((double) ranked.logRatios().getFirst()).isCloseTo(0, within(1e-5));
            }
        }
    }

    @Test
    void theMeanWeightOfAShadowIsOneBesideRules() {
        ShadowPolicy other = shadow(0.6, 0.4);
        int lists = 3_000;
        double sum = 0;
        double squares = 0;
        for (int seed = 0; seed < lists; seed++) {
            double weight = 0;
            for (Ranked ranked : list(all(), DRAWN, seed, List.of(other)).items().subList(0, 8)) {
                weight += ranked.logRatios().getFirst();
            }
            sum += Math.exp(weight);
            squares += Math.exp(2 * weight);
        }
        double mean = sum / lists;
        double error = Math.sqrt((squares / lists - mean * mean) / lists);

        assertThat(error).isLessThan(0.1);
        assertThat(mean).isCloseTo(1, within(4 * error));
    }
}
