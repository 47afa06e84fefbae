package dev.freshet.ranking;

import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.candidate.Requests;
import dev.freshet.features.History;
import dev.freshet.profile.UserProfile;
import dev.freshet.query.Filter;
import dev.freshet.query.Filter.Boost;
import dev.freshet.ranking.RankedList.Ranked;
import dev.freshet.ranking.Ranking.ListTerms;
import dev.freshet.ranking.Strategy.StackingStrategy;
import dev.freshet.ranking.policy.SplitMix64;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final int PLACES = 4;

    private final RequestContext request = request();

    private static RequestContext request() {
        Site site = new Site();
        for (int i = 0; i < 40; i++) {
            site.put(article("item" + i, "Title " + i, "tag" + i % 7));
        }
        return Requests.ofNobody(site);
    }

    private List<Ranked> list(double temperature, long seed) {
        return list(temperature, seed, List.of());
    }

    private List<Ranked> list(double temperature, long seed, List<ShadowPolicy> shadows) {
        Candidates candidates =
                Candidates.gather(request, CandidateSource.ofFamilies(), List.of(), PLACES);
        return new Ranking(new Blend(new StackingStrategy(), Blend.WITH_HISTORY), temperature)
                .list(
                        request,
                        candidates,
                        new ListTerms(List.of(), PLACES, 0.2, ResolvedRules.NONE, shadows),
                        new SplitMix64(seed),
                        StageTimes.unmeasured())
                .items();
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
        List<Integer> old =
                IntStream.range(0, blended.ranked().size())
                        .filter(
                                rank ->
                                        read.signals().itemClass(blended.ranked().item(rank))
                                                == read.signals()
                                                        .itemClass(blended.ranked().item(0)))
                        .boxed()
                        .toList();

        assertThat(old).hasSizeGreaterThan(4);
        for (int rank : old) {
            assertThat(
                            sum(ranking.parts(read, blended, 0))
                                    - sum(ranking.parts(read, blended, rank)))
                    .isCloseTo(
                            blended.ranked().score(0) - blended.ranked().score(rank), within(1e-3));
        }
        assertThat(blended.ranked().score(0) - blended.ranked().score(old.getLast()))
                .isGreaterThan(0.5f);
    }

    private static double sum(ScoreParts parts) {
        return parts.signals().stream().mapToDouble(ScoreParts.SignalPart::contribution).sum()
                + parts.likeness()
                + parts.boost();
    }

    private static ShadowPolicy shadow(double diversity, double temperature, List<Boost> boosts) {
        return new ShadowPolicy(
                new Blend(new StackingStrategy(), Blend.WITH_HISTORY),
                boosts,
                List.of(),
                diversity,
                temperature);
    }

    private static double[] ratios(List<Ranked> list, int shadow) {
        return list.stream().mapToDouble(ranked -> ranked.logRatios().get(shadow)).toArray();
    }

    @Test
    void aShadowThatIsThePolicyItselfHasLogRatiosOfZero() {
        List<Ranked> list = list(0.5, 3, List.of(shadow(0.2, 0.5, List.of())));

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
            List<Ranked> list =
                    list(
                            0.5,
                            seed,
                            List.of(shadow(0.2, 0.5, List.of()), shadow(0.2, 0.5, List.of(boost))));
            for (Ranked ranked : list) {
                boolean tagged =
                        request.model().items().item(ranked.item()).tags().contains("tag1");
                if (tagged) {
                    assertThat(ranked.logRatios().get(1)).isPositive();
                    raised++;
                }
            }
        }
        assertThat(raised).isPositive();
    }

    @Test
    void aShadowWithAFilterHasNoWeightWhereItCouldNotHaveShownTheItem() {
        ShadowPolicy only =
                new ShadowPolicy(
                        new Blend(new StackingStrategy(), Blend.WITH_HISTORY),
                        List.of(),
                        List.of(new Filter.Contains(Filter.Field.TAGS, "tag1")),
                        0.2,
                        0.5);
        for (Ranked ranked : list(0.5, 3, List.of(only))) {
            boolean tagged = request.model().items().item(ranked.item()).tags().contains("tag1");
            assertThat(Float.isInfinite(ranked.logRatios().getFirst())).isEqualTo(!tagged);
        }
    }

    @Test
    void aListThatIsNotDrawnSaysNothingAboutAShadow() {
        assertThat(list(0, 3, List.of(shadow(0.2, 0.5, List.of()))))
                .allMatch(ranked -> ranked.logRatios().isEmpty());
    }
}
