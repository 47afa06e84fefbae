package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.ask;
import static dev.freshet.recommend.SiteFixture.similar;
import static dev.freshet.testkit.Site.NOW;
import static dev.freshet.testkit.Site.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ExposureToken;
import dev.freshet.profile.CountedUsers;
import dev.freshet.profile.UserProfile;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Lists of anonymous users who are not known for long enough, and of those who are. */
class WaitingListsTest {
    private static final CountedUsers WAITING = new CountedUsers("anon-", 60, true);
    private static final String ONLY_COOKING = ",filter:{field:'tags',contains:'cooking'}";
    private static final String ANON = "anonymousId:'anon-1'";

    private final Site site = newspaper().counted(WAITING);

    private static Site newspaper() {
        return SiteFixture.newspaper(3, 4, 12)
                .experiment(SiteFixture.experiment("a", "layer", 0.99, "", ONLY_COOKING));
    }

    private Site known(Instant since) {
        UserProfile anon = UserProfile.absent("anon-1");
        return site.profile(anon.with(new UserProfile.ShownItems(Map.of(), null, since)));
    }

    private static ExposureToken token(Recommendations answer) {
        return SiteFixture.token(answer);
    }

    private static boolean countsFor(String userId, Recommendations answer) {
        return token(answer).isAskedBy(List.of(userId), Site.SIGNER);
    }

    @Test
    void aUserWhoWaitsGetsTheListOfNoArmAndItCountsForNobody() {
        Recommendations answer = ask(site, ANON);

        assertThat(ids(answer)).isEqualTo(ids(ask(newspaper().counted(WAITING), "")));
        assertThat(ids(answer)).anyMatch(id -> id.startsWith("f"));
        assertThat(token(answer).arms()).isEmpty();
        assertThat(token(answer).asker()).isNull();
        assertThat(token(answer).segment()).isNull();
    }

    @Test
    void aUserIsKnownSinceTheFirstImpression() {
        Recommendations answer = ask(known(NOW.minusSeconds(60)), ANON);

        assertThat(token(answer).arms()).hasSize(1);
        assertThat(ids(answer)).allMatch(id -> id.startsWith("c"));
        assertThat(countsFor("anon-1", answer)).isTrue();
        assertThat(countsFor("anon-2", answer)).isFalse();
    }

    @Test
    void aUserIsKnownSinceTheFirstInteraction() {
        assertThat(token(ask(site.reads("anon-1", Duration.ofSeconds(59), "f1"), ANON)).asker())
                .isNull();
        assertThat(token(ask(site.reads("anon-1", Duration.ofSeconds(60), "f2"), ANON)).arms())
                .hasSize(1);
    }

    @Test
    void aListOfAUserIdCountsAtOnceAndOneWithoutAnIdForNobody() {
        assertThat(countsFor("ann", ask(site, "userId:'ann'"))).isTrue();
        assertThat(token(ask(site, "")).asker()).isNull();
    }

    @Test
    void aLaterPageOfAListFromBeforeCountsForNoArm() {
        String first = ask(site, ANON + ",count:2,paged:true").next();
        known(NOW.minusSeconds(60));

        Recommendations page = ask(site, ANON + ",count:2,page:'" + first + "'");

        assertThat(token(page).arms()).isEmpty();
        assertThat(countsFor("anon-1", page)).isTrue();
    }

    @Test
    void whereOnlySignedInUsersEnrolAnAnonymousOneHasNoArmAndStillCountsForTheOutcomes() {
        known(NOW.minusSeconds(60)).counted(new CountedUsers("anon-", 60, false));

        assertThat(token(ask(site, ANON)).arms()).isEmpty();
        assertThat(countsFor("anon-1", ask(site, ANON))).isTrue();
        assertThat(token(ask(site, "userId:'ann'")).arms()).hasSize(1);
    }

    @Test
    void anAccountThatNamesAnAnonymousIdMakesNoListCountForThatId() {
        Recommendations answer = ask(site, "userId:'ann'," + ANON);

        assertThat(token(answer).arms()).hasSize(1);
        assertThat(countsFor("ann", answer)).isTrue();
        assertThat(countsFor("anon-1", answer)).isFalse();
    }

    @Test
    void aSimilarListCountsForWhoeverAsksWithAnId() {
        assertThat(countsFor("ann", similar(site, "f1", Map.of("userId", "ann")))).isTrue();
        assertThat(token(similar(site, "f1", Map.of())).asker()).isNull();
    }
}
