package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.HOUR;
import static dev.freshet.recommend.SiteFixture.ask;
import static dev.freshet.recommend.SiteFixture.token;
import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ExposureToken;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.Examples;
import dev.freshet.model.signal.NewItemSignals;
import dev.freshet.testkit.Site;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A new item is shown by chance some times a day, then it has to earn its place. */
class NewcomerLimitTest {
    private static final int TODAY =
            (int) Site.NOW.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();

    private static Site newspaper() {
        String[] known = IntStream.range(0, 8).mapToObj(i -> "known" + i).toArray(String[]::new);
        Site site = new Site();
        for (String id : known) {
            site.put(article(id, "Article " + id));
        }
        return site.put(article("new", "New")).crowdReads(12, HOUR, known);
    }

    private static Site shown(int day, int times) {
        Example.Exposure.Place place = new Example.Exposure.Place("new", 4, 64, true, true);
        Examples examples = new Examples("lists/0");
        return newspaper()
                .learn(
                        Examples.times(
                                times,
                                list ->
                                        Example.Exposure.of(
                                                examples.next(),
                                                new Pseudonym(list),
                                                24 * day,
                                                "home",
                                                List.of(),
                                                List.of(place))));
    }

    private static boolean drawsANewItem(Site site) {
        return token(ask(site, "userId:'ana',count:5")).items().stream()
                .anyMatch(ExposureToken.Shown::newcomer);
    }

    @Test
    void aNewItemIsDrawnUntilItWasShownOftenEnoughToday() {
        assertThat(drawsANewItem(newspaper())).isTrue();
        assertThat(drawsANewItem(shown(TODAY, NewItemSignals.SHOWINGS_A_DAY - 1))).isTrue();
        assertThat(drawsANewItem(shown(TODAY, NewItemSignals.SHOWINGS_A_DAY))).isFalse();
    }

    @Test
    void onTheNextDayItIsDrawnAgain() {
        assertThat(drawsANewItem(shown(TODAY - 1, NewItemSignals.SHOWINGS_A_DAY))).isTrue();
    }
}
