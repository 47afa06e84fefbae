package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.HOUR;
import static dev.freshet.recommend.SiteFixture.ask;
import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ExposureToken;
import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.signal.NewItemSignals;
import dev.freshet.testkit.Site;
import java.math.BigInteger;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A new item is shown by chance some times a day, then it has to earn its place. */
class NewcomerLimitTest {
    private static final int TODAY =
            (int) Site.NOW.atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();

    private static Site newspaper() {
        Site site = new Site();
        for (int i = 0; i < 8; i++) {
            site.put(article("known" + i, "Known " + i));
        }
        site.put(article("new", "New"));
        String[] known = new String[8];
        for (int i = 0; i < 8; i++) {
            known[i] = "known" + i;
        }
        return site.crowdReads(12, HOUR, known);
    }

    private static List<Example> showings(int day, int count) {
        List<Example> showings = new ArrayList<>();
        for (int list = 0; list < count; list++) {
            showings.add(
                    Example.Exposure.of(
                            new ShardPosition("lists/0", BigInteger.valueOf(list + 1)),
                            new Pseudonym(list),
                            24 * day,
                            "home",
                            List.of(),
                            List.of(new Example.Exposure.Place("new", 4, 64, true, true))));
        }
        return showings;
    }

    private static boolean drawsANewItem(Site site) {
        return ExposureToken.open(ask(site, "userId:'ana',count:5").exposure(), Site.SIGNER)
                .orElseThrow()
                .items()
                .stream()
                .anyMatch(ExposureToken.Shown::newcomer);
    }

    @Test
    void aNewItemIsDrawnUntilItWasShownOftenEnoughToday() {
        assertThat(drawsANewItem(newspaper())).isTrue();
        assertThat(
                        drawsANewItem(
                                newspaper()
                                        .learn(showings(TODAY, NewItemSignals.SHOWINGS_A_DAY - 1))))
                .isTrue();
        assertThat(drawsANewItem(newspaper().learn(showings(TODAY, NewItemSignals.SHOWINGS_A_DAY))))
                .isFalse();
    }

    @Test
    void onTheNextDayItIsDrawnAgain() {
        assertThat(
                        drawsANewItem(
                                newspaper()
                                        .learn(showings(TODAY - 1, NewItemSignals.SHOWINGS_A_DAY))))
                .isTrue();
    }
}
