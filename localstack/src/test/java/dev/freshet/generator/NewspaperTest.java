package dev.freshet.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NewspaperTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final int FACTS_OF_SEED_7 = 1808145416;

    private final Newspaper paper = Newspaper.of(7, 200, START);

    @Test
    void equalSeedsGiveEqualNewspapers() {
        Newspaper again = Newspaper.of(7, 200, START);

        assertThat(again.articles()).isEqualTo(paper.articles());
        assertThat(again.users().get(17).preferences(START))
                .isEqualTo(paper.users().get(17).preferences(START));
    }

    @Test
    void anotherSeedGivesAnotherNewspaper() {
        assertThat(Newspaper.of(8, 200, START).articles()).isNotEqualTo(paper.articles());
    }

    @Test
    void aClickIsNeverCertainAndNeverImpossible() {
        for (SimulatedUser user : paper.users()) {
            for (Article article : paper.articles()) {
                assertThat(paper.clickProbability(user, article, 0, START)).isBetween(0.01, 0.9);
            }
        }
    }

    @Test
    void lowerPositionsAreClickedLess() {
        Article article = paper.articles().getFirst();
        SimulatedUser user = paper.users().getFirst();

        assertThat(paper.clickProbability(user, article, 9, START))
                .isLessThan(paper.clickProbability(user, article, 0, START));
    }

    @Test
    void attractionFallsWithAge() {
        Article article = paper.articles().getFirst();

        assertThat(article.freshness(START.plus(Duration.ofDays(2))))
                .isLessThan(article.freshness(START));
    }

    @Test
    void preferencesPredictClicksBetterThanPopularityAndPopularityBetterThanChance() {
        double random = 0;
        double popular = 0;
        double perfect = 0;
        List<Article> top =
                paper.articles().stream()
                        .sorted(Comparator.comparingDouble(this::meanAttraction).reversed())
                        .limit(10)
                        .toList();
        for (SimulatedUser user : paper.users()) {
            random +=
                    paper.articles().stream()
                            .mapToDouble(a -> attraction(user, a))
                            .average()
                            .orElseThrow();
            popular += top.stream().mapToDouble(a -> attraction(user, a)).average().orElseThrow();
            perfect +=
                    paper.articles().stream()
                            .mapToDouble(a -> -attraction(user, a))
                            .sorted()
                            .limit(10)
                            .average()
                            .orElseThrow();
        }
        assertThat(popular).isGreaterThan(1.5 * random);
        assertThat(-perfect).isGreaterThan(1.5 * popular);
    }

    @Test
    void preferencesDrift() {
        SimulatedUser user =
                paper.users().stream()
                        .filter(r -> !java.util.Arrays.equals(r.early(), r.late()))
                        .findFirst()
                        .orElseThrow();

        assertThat(user.preferences(START.plus(SimulatedUser.DRIFT))).isEqualTo(user.late());
        assertThat(user.preferences(START)).isEqualTo(user.early());
    }

    @Test
    void topicsAndQualitiesOfASeedAreThoseOfPublishedMeasurements() {
        String facts =
                paper.articles().stream()
                        .map(a -> a.item().tags() + " " + a.item().author() + " " + a.quality())
                        .collect(Collectors.joining("\n"));

        assertThat(facts.hashCode()).isEqualTo(FACTS_OF_SEED_7);
    }

    private double meanAttraction(Article article) {
        return paper.users().stream()
                .mapToDouble(r -> attraction(r, article))
                .average()
                .orElseThrow();
    }

    private double attraction(SimulatedUser user, Article article) {
        return paper.attraction(user, article, START);
    }
}
