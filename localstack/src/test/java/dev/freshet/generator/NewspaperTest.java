package dev.freshet.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.generator.GeneratedSite.GeneratedItem;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NewspaperTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final int FACTS_OF_SEED_7 = 1808145416;

    private final GeneratedSite paper = Newspaper.of(7, 200, START);

    @Test
    void equalSeedsGiveEqualNewspapers() {
        GeneratedSite again = Newspaper.of(7, 200, START);

        assertThat(again.items()).isEqualTo(paper.items());
        assertThat(again.users().get(17).preferences(START))
                .isEqualTo(paper.users().get(17).preferences(START));
    }

    @Test
    void anotherSeedGivesAnotherNewspaper() {
        assertThat(Newspaper.of(8, 200, START).items()).isNotEqualTo(paper.items());
    }

    @Test
    void aClickIsNeverCertainAndNeverImpossible() {
        for (SimulatedUser user : paper.users()) {
            for (GeneratedItem article : paper.items()) {
                assertThat(paper.clickProbability(user, article, 0, START)).isBetween(0.01, 0.9);
            }
        }
    }

    @Test
    void lowerPositionsAreClickedLess() {
        GeneratedItem article = paper.items().getFirst();
        SimulatedUser user = paper.users().getFirst();

        assertThat(paper.clickProbability(user, article, 9, START))
                .isLessThan(paper.clickProbability(user, article, 0, START));
    }

    @Test
    void attractionFallsWithAge() {
        GeneratedItem article = paper.items().getFirst();

        assertThat(article.freshness(START.plus(Duration.ofDays(2))))
                .isLessThan(article.freshness(START));
    }

    @Test
    void preferencesPredictClicksBetterThanPopularityAndPopularityBetterThanChance() {
        double random = 0;
        double popular = 0;
        double perfect = 0;
        List<GeneratedItem> top =
                paper.items().stream()
                        .sorted(Comparator.comparingDouble(this::meanAttraction).reversed())
                        .limit(10)
                        .toList();
        for (SimulatedUser user : paper.users()) {
            random +=
                    paper.items().stream()
                            .mapToDouble(a -> attraction(user, a))
                            .average()
                            .orElseThrow();
            popular += top.stream().mapToDouble(a -> attraction(user, a)).average().orElseThrow();
            perfect +=
                    paper.items().stream()
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
    void anArticleAppearsEverySecondAndIsTheSameHoweverOftenOneLooks() {
        GeneratedSite once = Newspaper.of(7, 3, START);
        GeneratedSite again = Newspaper.of(7, 3, START);

        assertThat(once.appear(START.plusMillis(999))).isEmpty();
        for (int second = 1; second <= 5; second++) {
            GeneratedItem article = once.appear(START.plusSeconds(second)).orElseThrow();
            assertThat(article.item().publishedAt()).isEqualTo(START.plusSeconds(second));
            assertThat(once.appear(START.plusSeconds(second))).isEmpty();
            assertThat(once.item(article.item().itemId())).isEqualTo(article);
        }
        // What is late appears at once, and is what it would have been in time.
        while (again.appear(START.plusSeconds(5)).isPresent()) {
            assertThat(again.items().size()).isLessThanOrEqualTo(Newspaper.ARTICLES + 5);
        }
        assertThat(again.items()).hasSize(Newspaper.ARTICLES + 5).isEqualTo(once.items());
        assertThat(once.items().subList(0, Newspaper.ARTICLES))
                .isEqualTo(Newspaper.of(7, 3, START).items());
        assertThat(once.items())
                .extracting(item -> item.item().itemId())
                .doesNotHaveDuplicates()
                .endsWith("article-603", "article-604");
    }

    @Test
    void articlesThatAppearDifferBySeed() {
        GeneratedItem one = Newspaper.of(7, 1, START).appear(START.plusSeconds(1)).orElseThrow();
        GeneratedItem other = Newspaper.of(8, 1, START).appear(START.plusSeconds(1)).orElseThrow();

        assertThat(one.item().title()).isNotEqualTo(other.item().title());
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
                paper.items().stream()
                        .map(a -> topics(a) + " " + a.item().author() + " " + a.quality())
                        .collect(Collectors.joining("\n"));

        assertThat(facts.hashCode()).isEqualTo(FACTS_OF_SEED_7);
    }

    /** Returns the tags of an article and the section that it points to, which is no tag. */
    private static List<String> topics(GeneratedItem article) {
        String second = Newspaper.Topic.ALL.get(article.secondTopic()).name();
        assertThat(article.item().tags()).hasSize(2);
        return Stream.concat(article.item().tags().stream(), Stream.of(second)).distinct().toList();
    }

    private double meanAttraction(GeneratedItem article) {
        return paper.users().stream()
                .mapToDouble(r -> attraction(r, article))
                .average()
                .orElseThrow();
    }

    private double attraction(SimulatedUser user, GeneratedItem article) {
        return paper.attraction(user, article, START);
    }
}
