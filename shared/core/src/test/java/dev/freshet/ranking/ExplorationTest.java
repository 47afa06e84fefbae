package dev.freshet.ranking;

import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.candidate.CandidateSource;
import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.RequestContext;
import dev.freshet.candidate.Requests;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.signal.NewItemSignals;
import dev.freshet.model.signal.PopularitySignals;
import dev.freshet.model.signal.Source;
import dev.freshet.ranking.Exploration.Kind;
import dev.freshet.ranking.Exploration.Position;
import dev.freshet.ranking.Ranking.ListTerms;
import dev.freshet.ranking.policy.SplitMix64;
import dev.freshet.testkit.Site;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExplorationTest {
    private static final int KNOWN = 30;

    private final Site site = site();

    /** Items 0 to 29 are known, 30 and 31 new. */
    private static Site site() {
        Site site = new Site();
        for (int i = 0; i < KNOWN; i++) {
            site.put(article("known" + i, "Known " + i));
        }
        return site.put(article("new0", "New 0"), article("new1", "New 1"));
    }

    @Test
    void theFifthPlaceGoesToANewcomerAndTheListStaysAsLong() {
        List<Position> places = place(5, 1);

        assertThat(places).hasSize(5);
        assertThat(places.get(4).rank()).isGreaterThanOrEqualTo(KNOWN);
        assertThat(places.subList(0, 4)).extracting(Position::rank).containsExactly(0, 1, 2, 3);
    }

    @Test
    void listsOfFewerThanFivePlacesStayAsTheyAre() {
        assertThat(place(4, 1)).extracting(Position::rank).containsExactly(0, 1, 2, 3);
    }

    @Test
    void everyTenPlacesHaveOneNewcomer() {
        List<Position> places = place(20, 1);

        assertThat(places.get(4).rank()).isGreaterThanOrEqualTo(KNOWN);
        assertThat(places.get(14).rank()).isGreaterThanOrEqualTo(KNOWN);
        assertThat(places).filteredOn(place -> place.rank() >= KNOWN).hasSize(2);
        assertThat(places).extracting(Position::rank).doesNotHaveDuplicates();
    }

    @Test
    void thePropensityIsTheProbabilityOfTheDraw() {
        int draws = 4_000;
        long better =
                IntStream.range(0, draws)
                        .filter(seed -> place(5, seed).get(4).rank() == KNOWN)
                        .count();
        double told =
                IntStream.range(0, draws)
                        .mapToObj(seed -> place(5, seed).get(4))
                        .filter(place -> place.rank() == KNOWN)
                        .mapToDouble(Position::propensity)
                        .findFirst()
                        .orElseThrow();

        assertThat(told).isCloseTo(1 / (1 + Math.exp(-1)), within(1e-6));
        assertThat((double) better / draws).isCloseTo(told, within(0.03));
    }

    @Test
    void newcomersWhoseScoresAreShownAsEqualAreDrawnAsEquals() {
        ItemScores near = ranked();
        near.scores()[KNOWN] = -30.01f;
        near.scores()[KNOWN + 1] = -30.04f;
        int[] chosen = IntStream.range(0, 5).toArray();
        for (long seed = 1; seed <= 20; seed++) {
            List<Position> places =
                    Exploration.place(
                            site.model(),
                            candidates(),
                            near,
                            chosen,
                            ResolvedRules.NONE,
                            new SplittableRandom(seed));
            assertThat(places.get(4).propensity()).isEqualTo(0.5);
        }
    }

    @Test
    void theSameSeedDrawsTheSame() {
        assertThat(place(20, 5)).isEqualTo(place(20, 5));
    }

    @Test
    void aNewcomerThatEarnedItsPlaceSavesADraw() {
        List<Position> places = place(1, 0, 1, KNOWN, 2, 3);

        assertThat(places).extracting(Position::rank).containsExactly(0, 1, KNOWN, 2, 3);
        assertThat(places).extracting(Position::propensity).containsOnly(1.0);
    }

    private List<Position> draw(int places, double diversity, double temperature, long seed) {
        return Exploration.draw(
                site.model(),
                candidates(),
                ranked(),
                new ListTerms(List.of(), places, diversity, ResolvedRules.NONE, List.of()),
                temperature,
                new SplitMix64(seed));
    }

    @Test
    void aVanishingTemperatureGivesTheListOfTheDiversifierBesideTheNewcomers() {
        for (double diversity : new double[] {0, 0.2, 0.7}) {
            for (int places : new int[] {1, 4, 12}) {
                int[] chosen =
                        Diversifier.choose(
                                site.model(), ranked(), places, diversity, ResolvedRules.NONE);
                List<Integer> drawn =
                        draw(places, diversity, 1e-9, 1).stream()
                                .filter(place -> place.kind() == Kind.DRAWN)
                                .map(Position::rank)
                                .toList();

                assertThat(drawn)
                        .isEqualTo(Arrays.stream(chosen).boxed().limit(drawn.size()).toList());
                assertThat(drawn).hasSizeGreaterThanOrEqualTo(places - 1);
            }
        }
    }

    @Test
    void theNewcomersPlaceIsOneOfTheDraws() {
        List<Position> positions = draw(20, 0.2, 0.15, 1);

        assertThat(positions).hasSize(20);
        assertThat(positions).extracting(Position::rank).doesNotHaveDuplicates();
        assertThat(positions.get(4).kind()).isEqualTo(Kind.NEWCOMER);
        assertThat(positions.get(4).rank()).isGreaterThanOrEqualTo(KNOWN);
        assertThat(positions.get(14).kind()).isEqualTo(Kind.NEWCOMER);
        assertThat(positions)
                .filteredOn(place -> place.kind() == Kind.NEWCOMER)
                .hasSize(2)
                .allMatch(place -> place.propensity() > 0);
    }

    @Test
    void oneSeedDrawsOneListAndOthersDrawOthers() {
        assertThat(draw(10, 0.2, 0.15, 7)).isEqualTo(draw(10, 0.2, 0.15, 7));
        assertThat(IntStream.range(0, 20).mapToObj(seed -> draw(10, 0.2, 0.15, seed)).distinct())
                .hasSizeGreaterThan(10);
    }

    @Test
    void propensitiesAreThoseOfTheFrequenciesGivenThePlacesAbove() {
        int draws = 20_000;
        Map<List<Integer>, Integer> count = new HashMap<>();
        Map<List<Integer>, Double> told = new HashMap<>();
        for (int seed = 0; seed < draws; seed++) {
            List<Position> two = draw(2, 0.3, 0.5, seed);
            List<Integer> ranks = two.stream().map(Position::rank).toList();
            count.merge(ranks, 1, Integer::sum);
            told.put(ranks, two.get(0).propensity() * two.get(1).propensity());
        }
        count.forEach(
                (ranks, seen) -> {
                    double probability = told.getOrDefault(ranks, 0.0);
                    double error = Math.sqrt(probability * (1 - probability) / draws);
                    assertThat((double) seen / draws)
                            .as("%s", ranks)
                            .isCloseTo(probability, within(5 * error + 3.0 / draws));
                });
        assertThat(count).hasSizeGreaterThan(20);
    }

    @Test
    void ofAGroupOneItemIsDrawn() {
        Site grouped = new Site();
        for (int i = 0; i < 40; i++) {
            grouped.put(article("v" + i, "tea " + i).group(i % 2 == 0 ? "tea" : "item" + i));
        }
        int size = grouped.model().items().size();
        ItemScores ranked = new ItemScores(IntStream.range(0, size).toArray(), new float[size]);
        CandidateSource all = source(PopularitySignals.SOURCE, IntStream.range(0, size).toArray());
        List<Position> positions =
                Exploration.draw(
                        grouped.model(),
                        Candidates.gather(Requests.ofNobody(grouped), List.of(all), List.of(), 5),
                        ranked,
                        new ListTerms(List.of(), 30, 0, ResolvedRules.NONE, List.of()),
                        0.15,
                        new SplitMix64(1));

        assertThat(positions).hasSize(21);
        assertThat(positions).filteredOn(place -> place.rank() % 2 == 0).hasSize(1);
    }

    private List<Position> place(int count, long seed) {
        return place(seed, IntStream.range(0, count).toArray());
    }

    private List<Position> place(long seed, int... chosen) {
        return Exploration.place(
                site.model(),
                candidates(),
                ranked(),
                chosen,
                ResolvedRules.NONE,
                new SplittableRandom(seed));
    }

    private ItemScores ranked() {
        int size = KNOWN + 2;
        float[] scores = new float[size];
        for (int rank = 0; rank < size; rank++) {
            scores[rank] = -rank;
        }
        return new ItemScores(IntStream.range(0, size).toArray(), scores);
    }

    private Candidates candidates() {
        RequestContext request = Requests.ofNobody(site);
        List<CandidateSource> sources =
                List.of(
                        source(PopularitySignals.SOURCE, IntStream.range(0, KNOWN).toArray()),
                        source(NewItemSignals.SOURCE, KNOWN, KNOWN + 1));
        return Candidates.gather(request, sources, List.of(), 5);
    }

    private static CandidateSource source(Source source, int... items) {
        return new CandidateSource(
                source, (_, _) -> List.of(new ItemScores(items, new float[items.length])));
    }
}
