package dev.freshet.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.profile.AttributeRules;
import dev.freshet.testkit.Thorough;
import java.time.Duration;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The first lists of users who have done nothing yet, on the demo's newspaper after {@value #LISTS}
 * lists of others, by the true chances of a click.
 *
 * <p>With {@code -Dfreshet.cohorts.seed=N} the site is another one.
 */
@Thorough.Only
class NewspaperCohortsTest {
    private static final int ACTIVE = 600;
    private static final int NEW = 200;
    private static final int LISTS = 4_000;

    private static double trending;
    private static double unknown;
    private static double known;

    @BeforeAll
    static void letOthersUseTheSite() {
        NewspaperSite site =
                new NewspaperSite(
                        Integer.getInteger("freshet.cohorts.seed", 1),
                        ACTIVE + NEW,
                        ACTIVE,
                        0,
                        new AttributeRules(List.of("profession"), List.of()));
        site.stateProfessions(0, ACTIVE);
        site.sessions(LISTS, Duration.ofMillis(50));
        trending = ofNewUsers(site::expectedClicksOfTrending);
        unknown = ofNewUsers(site::expectedClicks);
        site.stateProfessions(ACTIVE, ACTIVE + NEW);
        known = ofNewUsers(site::expectedClicks);
    }

    private static double ofNewUsers(IntToDoubleFunction clicks) {
        return IntStream.range(ACTIVE, ACTIVE + NEW).mapToDouble(clicks).sum();
    }

    @Test
    void whoseProfessionIsKnownGetBetterListsThanTrendingOnes() {
        assertThat(known / trending).isGreaterThan(1.2);
    }

    @Test
    void ofWhomNothingIsKnownGetListsAboutAsGoodAsTrendingOnes() {
        assertThat(unknown / trending).isGreaterThan(0.8);
    }
}
