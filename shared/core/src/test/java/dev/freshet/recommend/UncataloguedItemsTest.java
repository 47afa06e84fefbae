package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.MINUTE;
import static dev.freshet.recommend.SiteFixture.ask;
import static dev.freshet.recommend.SiteFixture.named;
import static dev.freshet.recommend.SiteFixture.similar;
import static dev.freshet.recommend.SiteFixture.texts;
import static dev.freshet.testkit.Site.article;
import static dev.freshet.testkit.Site.ids;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.recommend.Recommender.UnknownItemException;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An item that only events name is shown to nobody where items have to be in the catalogue, whether
 * the model learned of it before or not; where they need not be, it is an item like any other.
 */
class UncataloguedItemsTest {
    private static final String PLANTED = "<img src=x onerror=alert(1)> BUY at evil.example";

    /** When items have to be in the catalogue: never, since the beginning, or since now. */
    enum Closed {
        NEVER,
        ALWAYS,
        NOW
    }

    private static Site site(Closed closed) {
        Site site = new Site();
        if (closed == Closed.ALWAYS) {
            site.catalogue(CatalogueMode.CLOSED);
        }
        site.put(
                        article("a", "Cup final tonight", "football"),
                        article("b", "Champions draw", "football"),
                        article("c", "Derby on Sunday", "football"),
                        article("d", "New keeper signed", "football"))
                .crowdReads(8, Duration.ofMinutes(5), PLANTED, "a", "b", "c", "d");
        if (closed == Closed.NOW) {
            site.catalogue(CatalogueMode.CLOSED);
        }
        return site;
    }

    private static void check(Closed closed, Recommendations answer) {
        assertThat(ids(answer)).isNotEmpty();
        if (closed == Closed.NEVER) {
            assertThat(ids(answer)).contains(PLANTED);
        } else {
            assertThat(ids(answer)).doesNotContain(PLANTED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void recommendationsOfAStranger(Closed closed) {
        check(closed, site(closed).recommend("{\"anonymousId\":\"anon-1\"}"));
    }

    @ParameterizedTest
    @EnumSource
    void recommendationsOfAReaderOfTheSameThings(Closed closed) {
        check(closed, ask(site(closed).reads("u", MINUTE, "a"), "userId:'u'"));
    }

    @ParameterizedTest
    @EnumSource
    void trending(Closed closed) {
        check(closed, named(site(closed), NamedList.TRENDING, Map.of()));
    }

    @ParameterizedTest
    @EnumSource
    void similarItems(Closed closed) {
        check(closed, similar(site(closed), "a", Map.of()));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSimilarToIt(Closed closed) {
        Site site = site(closed);
        if (closed == Closed.NEVER) {
            assertThat(ids(similar(site, PLANTED, Map.of()))).contains("a");
        } else {
            assertThatThrownBy(() -> similar(site, PLANTED, Map.of()))
                    .isInstanceOf(UnknownItemException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void reasonsOfWhoeverLooksAtIt(Closed closed) {
        Recommendations answer = ask(site(closed), "anonymousId:'anon-1',itemId:'" + PLANTED + "'");

        List<String> texts = texts(answer);
        if (closed == Closed.NEVER) {
            assertThat(texts).anyMatch(text -> text.contains(PLANTED));
            assertThat(answer.degradedReasons()).doesNotContain("unknown-item");
        } else {
            assertThat(texts).noneMatch(text -> text.contains(PLANTED));
            assertThat(answer.degradedReasons()).contains("unknown-item");
        }
    }
}
