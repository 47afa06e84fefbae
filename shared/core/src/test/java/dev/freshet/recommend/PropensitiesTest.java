package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.HOUR;
import static dev.freshet.recommend.SiteFixture.json;
import static dev.freshet.recommend.SiteFixture.token;
import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.access.ExposureToken.Shown;
import dev.freshet.ranking.Temperatures;
import dev.freshet.recommend.Recommendations.RecommendedItem;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Anybody can compute the propensities in a token from the rounded scores beside it, so it tells
 * nothing that they do not.
 */
class PropensitiesTest {
    private static final int ITEMS = 12;
    private static final int HUNDREDTHS = 30;
    private static final double TO_FLOAT = 1e-5;

    /** Returns a site on which items were taken up by numbers of people at random. */
    private static Site site(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        Site site = new Site().temperatures(new Temperatures(HUNDREDTHS, Map.of()));
        for (int item = 0; item < ITEMS; item++) {
            site.put(article("i" + item, "Story number " + item, "tag-" + item % 3));
        }
        for (int item = 0; item < ITEMS; item++) {
            for (int user = random.nextInt(12, 40); user > 0; user--) {
                site.crowdReads(1, HOUR, "i" + item, "i" + random.nextInt(ITEMS));
            }
        }
        return site.reads("ana", Duration.ofMinutes(3), "i0", "i1");
    }

    @Test
    void thoseOfAListFollowFromItsScores() {
        for (long seed = 1; seed <= 10; seed++) {
            assertFollow(
                    site(seed)
                            .recommend(
                                    json("userId:'ana',count:100,diversity:0,repeats:'always'")));
        }
    }

    @Test
    void thoseOfAnOrderOfGivenItemsFollowFromItsScores() {
        String given = "userId:'ana',repeats:'always',itemIds:['i2','i3','i4','i5','i6','i7','i8']";
        for (long seed = 1; seed <= 10; seed++) {
            assertFollow(site(seed).rank(json(given)));
        }
    }

    private static void assertFollow(Recommendations answer) {
        double[] scores = answer.items().stream().mapToDouble(RecommendedItem::score).toArray();
        List<Shown> shown = token(answer).items();
        double mean = 0;
        for (double score : scores) {
            mean += score / scores.length;
        }
        double squares = 0;
        for (double score : scores) {
            squares += (score - mean) * (score - mean) / scores.length;
        }
        double scale = HUNDREDTHS / 100.0 * Math.sqrt(squares);
        double below = 0;
        int telling = 0;
        for (int at = scores.length - 1; at >= 0; at--) {
            double odds = Math.exp((scores[at] - mean) / scale);
            below += odds;
            double propensity = shown.get(at).propensity();
            assertThat(propensity)
                    .as("place %d of %s", at, answer.recommendationId())
                    .isCloseTo(odds / below, within(TO_FLOAT));
            telling += propensity > 0.05 && propensity < 0.95 ? 1 : 0;
        }
        assertThat(telling).isGreaterThan(scores.length / 3);
    }
}
