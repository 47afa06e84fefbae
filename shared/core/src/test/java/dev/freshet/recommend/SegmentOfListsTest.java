package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.MINUTE;
import static dev.freshet.recommend.SiteFixture.ask;
import static dev.freshet.testkit.Site.article;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ExposureToken;
import dev.freshet.event.Consent;
import dev.freshet.model.vectors.Segment;
import dev.freshet.query.ExplanationQuery;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The segment that a list names in its exposure token. */
class SegmentOfListsTest {
    private static final int TOPICS = 3;
    private static final int ITEMS_EACH = 12;

    /** Enough that the last drawing of segments may have one for each topic. */
    private static final int USERS = 150;

    /** Users of three topics, of which each reads six items; ana reads the first topic. */
    private static Site site() {
        Site site = new Site();
        for (int item = 0; item < TOPICS * ITEMS_EACH; item++) {
            site.put(article("i" + item, "Item " + item, "topic-" + item / ITEMS_EACH));
        }
        for (int user = 0; user < USERS; user++) {
            for (int turn = 0; turn < 6; turn++) {
                int item = user % TOPICS * ITEMS_EACH + (user / TOPICS + 2 * turn) % ITEMS_EACH;
                site.reads("u" + user, Duration.ofMinutes(600 - user - turn), "i" + item);
            }
        }
        return site.reads("ana", Duration.ofMinutes(2), "i0", "i2", "i4", "i6");
    }

    private static @Nullable String segment(Recommendations list) {
        return ExposureToken.reopen(list.exposure()).orElseThrow().segment();
    }

    private static String of(String user, String more) {
        return "{\"userId\":\"" + user + "\",\"count\":3" + more + "}";
    }

    @Test
    void isThatOfTheExplanationAndOfTheDescriptionOfSimilarUsers() {
        Site site = site();
        Segment explained =
                Objects.requireNonNull(
                        site.recommender()
                                .explain(
                                        new ExplanationQuery(Site.query(of("ana", "")), null, null))
                                .segment());

        assertThat(explained.name()).containsExactly("topic-0");
        assertThat(segment(site.recommend(of("ana", "")))).isEqualTo(explained.id());
        assertThat(segment(site.recommend(of("u0", "")))).isEqualTo(explained.id());
        assertThat(segment(site.recommend(of("u1", "")))).isNotNull().isNotEqualTo(explained.id());
    }

    @Test
    void isUnknownOfAUserOfFewItemsAndOfNobody() {
        Site site = site().reads("new", MINUTE, "i0", "i1");

        assertThat(segment(site.recommend(of("new", "")))).isNull();
        assertThat(segment(ask(site, "count:3"))).isNull();
    }

    @Test
    void isNotNamedToAnalyticsThatARequestOrAProfileRefuses() {
        Site site = site();
        String refusing = ",\"consent\":{\"analytics\":false}";

        assertThat(segment(site.recommend(of("ana", refusing)))).isNull();
        site.profile("ana", List.of(), new Consent(true, false), null);
        assertThat(segment(site.recommend(of("ana", "")))).isNull();
    }

    @Test
    void laterPagesNameTheSegmentOfTheFirstOne() {
        Site site = site();
        Recommendations first = site.recommend(of("ana", ",\"paged\":true"));
        site.reads("ana", MINUTE, "i12", "i14", "i16", "i18", "i20", "i22");
        Recommendations second = site.recommend(of("ana", ",\"page\":\"" + first.next() + "\""));

        assertThat(segment(first)).isNotNull();
        assertThat(segment(second)).isEqualTo(segment(first));
    }
}
