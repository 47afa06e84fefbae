package dev.freshet.ranking;

import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.candidate.Requests;
import dev.freshet.features.History;
import dev.freshet.model.item.ItemScores;
import dev.freshet.profile.UserProfile;
import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Boost;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.ranking.RankedList.Ranked;
import dev.freshet.ranking.Strategy.StackingStrategy;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final int PLACES = 4;

    private final RequestContext request = request();

    private static RequestContext request() {
        return request(Site.query("{}"));
    }

    private static RequestContext request(RecommendationQuery query) {
        Site site = new Site();
        for (int i = 0; i < 40; i++) {
            site.put(article("item" + i, "Title " + i, "tag" + i % 7));
        }
        return RequestContext.of(
                query,
                RequestContext.NO_ITEM,
                UserProfile.absent(""),
                History.EMPTY,
                site.model(),
                Site.NOW);
    }

    private List<Ranked> list(double temperature, long seed) {
        return list(temperature, seed, List.of());
    }

    private List<Ranked> list(double temperature, long seed, List<ShadowPolicy> shadows) {
        return Requests.list(request, PLACES, ResolvedRules.NONE, temperature, seed, shadows)
                .items();
    }

    @Test
    void onlyPlacesThatAreShownHaveReasonsAndNoneWhereNobodyReadsThem() {
        assertThat(placesWithReasons(Site.query("{\"count\":2}"))).containsExactly(0, 1);
        assertThat(
                        placesWithReasons(
                                Site.rankQuery("{\"itemIds\":[\"item1\"],\"fields\":[\"title\"]}")
                                        .query()))
                .isEmpty();
    }

    private static List<Integer> placesWithReasons(RecommendationQuery query) {
        List<Ranked> list =
                Requests.list(request(query), PLACES, ResolvedRules.NONE, 0, 1, List.of()).items();
        return IntStream.range(0, PLACES)
                .filter(at -> !list.get(at).reasons().isEmpty())
                .boxed()
                .toList();
    }

    private static List<Integer> items(List<Ranked> list) {
        return list.stream().map(Ranked::item).toList();
    }

    @Test
    void withoutATemperatureEverySeedGivesOneListOfCertainPlaces() {
        assertThat(IntStream.range(0, 20).mapToObj(seed -> items(list(0, seed))).distinct())
                .hasSize(1);
        assertThat(list(0, 1)).hasSize(PLACES).allMatch(ranked -> ranked.propensity() == 1);
    }

    @Test
    void withATemperatureSeedsGiveDifferentListsWithTheProbabilitiesOfTheirDraws() {
        assertThat(IntStream.range(0, 20).mapToObj(seed -> items(list(0.5, seed))).distinct())
                .hasSizeGreaterThan(5);
        assertThat(list(0.5, 1))
                .hasSize(PLACES)
                .allMatch(ranked -> ranked.propensity() > 0 && ranked.propensity() < 1)
                .isEqualTo(list(0.5, 1));
    }

    @Test
    void aDrawnListIsExplainedLikeAnyOther() {
        assertThat(list(0.5, 1)).allMatch(ranked -> !ranked.reasons().isEmpty());
    }

    @Test
    void thePartsOfTwoScoresOfOneAgeDifferByAsMuchAsTheScores() {
        Site site = new Site();
        for (int i = 0; i < 12; i++) {
            site.put(article("item" + i, "Title " + i, "tag" + i % 3));
        }
        for (int i = 0; i < 8; i++) {
            site.crowdReads(4 + i, Duration.ofHours(1 + i), "item" + i, "item" + (i + 1));
        }
        site.reads("ana", Duration.ofMinutes(1), "item3");
        RequestContext read =
                RequestContext.of(
                        Site.query("{\"userId\":\"ana\"}"),
                        RequestContext.NO_ITEM,
                        UserProfile.absent("ana"),
                        History.of(site.interactions.latest(List.of("ana"), 10)),
                        site.model(),
                        Site.NOW);
        Ranking ranking = new Ranking(new Blend(new StackingStrategy(), Blend.WITH_HISTORY), 0);
        RankedCandidates blended =
                ranking.blended(
                        read,
                        Candidates.gather(read, CandidateSource.ofFamilies(), List.of(), PLACES),
                        List.of());
        ItemScores ranked = blended.ranked();
        int best = read.signals().itemClass(ranked.item(0));
        List<Integer> old =
                IntStream.range(0, ranked.size())
                        .filter(rank -> read.signals().itemClass(ranked.item(rank)) == best)
                        .boxed()
                        .toList();

        assertThat(old).hasSizeGreaterThan(4);
        double first = sum(ranking.parts(read, blended, 0));
        for (int rank : old) {
            assertThat(first - sum(ranking.parts(read, blended, rank)))
                    .isCloseTo(ranked.score(0) - ranked.score(rank), within(1e-3));
        }
        assertThat(ranked.score(0) - ranked.score(old.getLast())).isGreaterThan(0.5f);
    }

    private static double sum(ScoreParts parts) {
        return parts.signals().stream().mapToDouble(ScoreParts.SignalPart::contribution).sum()
                + parts.likeness()
                + parts.boost();
    }

    private static ShadowPolicy shadow(List<Boost> boosts, List<Filter> filters) {
        Blend blend = new Blend(new StackingStrategy(), Blend.WITH_HISTORY);
        return new ShadowPolicy(blend, boosts, filters, 0.2, 0.5);
    }

    private static double[] ratios(List<Ranked> list, int shadow) {
        return list.stream().mapToDouble(ranked -> ranked.logRatios().get(shadow)).toArray();
    }

    @Test
    void aShadowThatIsThePolicyItselfHasLogRatiosOfZero() {
        List<Ranked> list = list(0.5, 3, List.of(shadow(List.of(), List.of())));

        assertThat(items(list)).isEqualTo(items(list(0.5, 3)));
        for (double ratio : ratios(list, 0)) {
            assertThat(ratio).isCloseTo(0, within(1e-6));
        }
    }

    @Test
    void aShadowPrefersWhatItBoosts() {
        Boost boost = new Boost(new Filter.Contains(Filter.Field.TAGS, "tag1"), 10);
        int raised = 0;
        for (int seed = 0; seed < 40; seed++) {
            ShadowPolicy same = shadow(List.of(), List.of());
            for (Ranked ranked :
                    list(0.5, seed, List.of(same, shadow(List.of(boost), List.of())))) {
                if (isTagged(ranked)) {
                    assertThat(ranked.logRatios().get(1)).isPositive();
                    raised++;
                }
            }
        }
        assertThat(raised).isPositive();
    }

    private boolean isTagged(Ranked ranked) {
        return request.model().items().item(ranked.item()).tags().contains("tag1");
    }

    @Test
    void aShadowWithAFilterHasNoWeightWhereItCouldNotHaveShownTheItem() {
        Filter tagged = new Filter.Contains(Filter.Field.TAGS, "tag1");
        for (Ranked ranked : list(0.5, 3, List.of(shadow(List.of(), List.of(tagged))))) {
            assertThat(Float.isInfinite(ranked.logRatios().getFirst()))
                    .isEqualTo(!isTagged(ranked));
        }
    }

    @Test
    void aListThatIsNotDrawnSaysNothingAboutAShadow() {
        assertThat(list(0, 3, List.of(shadow(List.of(), List.of()))))
                .allMatch(ranked -> ranked.logRatios().isEmpty());
    }
}
