package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.MINUTE;
import static dev.freshet.recommend.SiteFixture.ask;
import static dev.freshet.recommend.SiteFixture.similar;
import static dev.freshet.recommend.SiteFixture.texts;
import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** No reason names the title of an item that the asker may not see. */
class UnavailableTitlesTest {
    private static final String TITLE = "Merger of Acme and Umbra";

    private final Site site = site();

    /** Six articles, of which one appears tomorrow although insiders read it, with the others. */
    private static Site site() {
        return new Site()
                .put(
                        article("secret", TITLE, "business")
                                .available(Set.of(), Site.NOW.plus(Duration.ofDays(1)), null),
                        article("brazil", "Only for Brazil", "business")
                                .available(Set.of("BR"), null, null),
                        article("b1", "Acme in talks", "business"),
                        article("b2", "Umbra in talks", "business"),
                        article("b3", "Stocks rise", "business"),
                        article("b4", "Stocks fall", "business"))
                .crowdReads(5, Duration.ofMinutes(30), "secret", "brazil", "b1", "b2", "b3", "b4");
    }

    private static List<String> reasons(Recommendations answer) {
        assertThat(answer.items()).isNotEmpty();
        return texts(answer);
    }

    @Test
    void similarItemsAreGivenWithoutTheTitleOfAnItemThatIsNotYetAvailable() {
        Recommendations answer = similar(site, "secret", Map.of());

        assertThat(reasons(answer)).noneMatch(text -> text.contains(TITLE));
    }

    @Test
    void aLookAtAnItemThatIsNotYetAvailableDoesNotTellItsTitle() {
        Recommendations answer = ask(site, "anonymousId:'anon-1',itemId:'secret'");

        assertThat(reasons(answer)).noneMatch(text -> text.contains(TITLE));
    }

    @Test
    void aSessionWithAnItemThatIsNotYetAvailableDoesNotTellItsTitle() {
        Recommendations answer =
                ask(site, "anonymousId:'anon-1',session:{items:[{itemId:'secret'}]}");

        assertThat(reasons(answer)).noneMatch(text -> text.contains(TITLE));
    }

    @Test
    void anEventOnAnItemThatIsNotYetAvailableDoesNotTellItsTitle() {
        site.reads("anon-1", MINUTE, "secret");

        Recommendations answer = ask(site, "anonymousId:'anon-1'");

        assertThat(reasons(answer)).noneMatch(text -> text.contains(TITLE));
    }

    @Test
    void theTitleOfAnItemOfAnotherCountryIsNamedOnlyThere() {
        String fromBrazil =
                "{\"anonymousId\":\"anon-1\",\"itemId\":\"brazil\",\"context\":{\"country\":\"BR\"}}";
        String fromIceland =
                "{\"anonymousId\":\"anon-1\",\"itemId\":\"brazil\",\"context\":{\"country\":\"IS\"}}";

        assertThat(reasons(site.recommend(fromBrazil)))
                .anyMatch(text -> text.contains("Only for Brazil"));
        assertThat(reasons(site.recommend(fromIceland)))
                .noneMatch(text -> text.contains("Only for Brazil"));
    }
}
