package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.HOUR;
import static dev.freshet.recommend.SiteFixture.MINUTE;
import static dev.freshet.recommend.SiteFixture.json;
import static dev.freshet.testkit.Site.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Consent;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.features.Faults;
import dev.freshet.features.Interactions;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The first stage, and what an answer is worth when a store is late or down. */
@Timeout(120)
class HydratorTest {
    private static final Hydrator.Budget A_SECOND =
            new Hydrator.Budget(Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final Hydrator.Budget NONE = new Hydrator.Budget(Duration.ZERO, Duration.ZERO);

    /** Far above what reads of memory take, so that none is late on a loaded machine. */
    private static final Hydrator.Budget AMPLE = new Hydrator.Budget(MINUTE, MINUTE);

    /** Enough for the first reads, and nothing for others. */
    private static final Hydrator.Budget FIRST_ONLY = new Hydrator.Budget(Duration.ZERO, MINUTE);

    private static final Fault DOWN =
            () -> {
                throw new StoreUnavailableException("Interactions", new IOException("refused"));
            };

    private static final Fault BUG =
            () -> {
                throw new IllegalArgumentException("a row that cannot be read");
            };

    private final SettableClock clock = new SettableClock(NOW);
    private final Site site =
            new Site()
                    .put(
                            Site.article("f1", "Cup final", "football"),
                            Site.article("f2", "Striker", "football"))
                    .put(Site.article("f3", "Penalty", "football"))
                    .crowdReads(4, HOUR, "f1", "f2", "f3")
                    .reads("ana", MINUTE, "f1");

    @Test
    void rowsAndProfileAreRead() {
        site.profile("ana", List.of("visitor"), null, null);

        HydratedUser user = hydrate(site.interactions, site.users);

        assertThat(user.missing()).isEmpty();
        assertThat(user.history().entries()).hasSize(1);
        assertThat(user.profile().aliases()).containsExactly("visitor");
    }

    @Test
    void aPageWithoutAnyIdReadsNothing() {
        Hydrator hydrator = new Hydrator(rows(DOWN), profiles(DOWN), NONE, clock);

        assertThat(hydrator.begin(null).await()).isEqualTo(HydratedUser.NOBODY);
    }

    @Test
    void withoutRowsTheAnswerIsDegradedAndStillAnAnswer() {
        Recommendations answer =
                site.recommender(rows(DOWN), site.users)
                        .recommend(Site.query("{\"userId\":\"ana\"}"));

        assertThat(answer.degradedReasons()).containsExactly("history-unavailable");
        assertThat(answer.items()).hasSize(3);
    }

    @Test
    void withoutRowsTheSessionOfTheRequestStillCounts() {
        Recommendations answer =
                site.recommender(rows(DOWN), profiles(DOWN))
                        .recommend(
                                Site.query(json("userId:'ana',session:{items:[{itemId:'f1'}]}")));

        assertThat(answer.degradedReasons())
                .containsExactly("profile-unavailable", "history-unavailable");
        assertThat(Site.ids(answer)).containsExactlyInAnyOrder("f2", "f3");
    }

    @Test
    void withoutAProfileTheRowsStillCount() {
        HydratedUser user = hydrate(site.interactions, profiles(DOWN));

        assertThat(user.missing()).containsExactly("profile-unavailable");
        assertThat(user.history().entries()).hasSize(1);
    }

    @Test
    void aStoreThatHangsIsLeftBehindAndItsReadIsInterrupted() throws InterruptedException {
        Hang hang = new Hang();

        Hydrator hydrator = new Hydrator(rows(hang), site.users, A_SECOND, clock);

        assertThat(hydrator.begin(UserIdentity.user("ana")).await().missing())
                .containsExactly("history-late");
        hang.interrupted.await();
    }

    @Test
    void anErrorOfOurOwnInAStoreIsReportedApartAndCostsNoAnswer() {
        assertThat(hydrate(rows(BUG), site.users).missing()).containsExactly("history-failed");
    }

    @Test
    void readsUnderWayAreBoundedAndEachGivesItsPlaceBack() {
        Deaf deaf = new Deaf();
        Hydrator hydrator = new Hydrator(rows(deaf), profiles(deaf), NONE, clock);
        for (int i = 0; i < Hydrator.MAX_READS; i++) {
            hydrator.begin(UserIdentity.user("ana"));
        }

        HydratedUser user = hydrator.begin(UserIdentity.user("ana")).await();

        assertThat(user.missing()).containsExactly("profile-busy", "history-busy");
        assertThat(deaf.reads).hasValueLessThanOrEqualTo(Hydrator.MAX_READS);
        deaf.release.countDown();

        deaf.holdAgain();
        while (deaf.reads.get() < Hydrator.MAX_READS) {
            hydrator.begin(UserIdentity.user("ben"));
        }
        deaf.release.countDown();
    }

    @Test
    void storesThatAreLateAgainAndAgainAreLeftAlone() {
        Deaf deaf = new Deaf();
        Hydrator hydrator = new Hydrator(rows(deaf), profiles(deaf), NONE, clock);
        for (int i = 0; i < CircuitBreaker.LATE_IN_A_ROW; i++) {
            assertThat(hydrator.begin(UserIdentity.user("ana")).await().missing())
                    .containsExactly("profile-late", "history-late");
        }

        HydratedUser user = hydrator.begin(UserIdentity.user("ana")).await();

        assertThat(user.missing()).containsExactly("profile-busy", "history-busy");
        deaf.release.countDown();
    }

    @Test
    void theFirstReadsAfterAFreezeHaveTheBudgetOfFirstReads() {
        Hydrator hydrator = new Hydrator(site.interactions, site.users, FIRST_ONLY, clock);
        hydrator.begin(UserIdentity.user("ana")).await();

        clock.advance(Duration.ofMinutes(2));

        assertThat(hydrator.begin(UserIdentity.user("ana")).await().missing()).isEmpty();
    }

    @Test
    void whileReadsGoOnTheyHaveTheUsualBudget() {
        Deaf deaf = new Deaf();
        deaf.release.countDown();
        Hydrator hydrator = new Hydrator(rows(deaf), profiles(deaf), FIRST_ONLY, clock);
        assertThat(hydrator.begin(UserIdentity.user("ana")).await().missing()).isEmpty();
        deaf.holdAgain();

        for (int request = 0; request < 3; request++) {
            clock.advance(Duration.ofSeconds(19));
            assertThat(hydrator.begin(UserIdentity.user("ana")).await().missing())
                    .containsExactly("profile-late", "history-late");
        }
        deaf.release.countDown();
    }

    @Test
    void rowsOfAliasesJoinInOrderOfTime() {
        site.reads("visitor", Duration.ofSeconds(10), "f2")
                .profile("ana", List.of("visitor"), null, null);

        HydratedUser user = hydrate(site.interactions, site.users);

        assertThat(user.history().entries())
                .extracting(entry -> entry.target().id())
                .containsExactly("f2", "f1");
    }

    @Test
    void impressionsAreNotReflected() {
        site.does("ana", EventType.IMPRESSION, Target.NONE, Duration.ZERO, null);

        HydratedUser user = hydrate(site.interactions, site.users);

        assertThat(user.reflects().events()).isEqualTo(1);
        assertThat(user.reflects().latestOccurredAt()).isEqualTo(NOW.minus(MINUTE));
    }

    @Test
    void aRefusalUnderEitherIdOfTheRequestHolds() {
        site.reads("visitor", Duration.ofSeconds(10), "f2")
                .profile("visitor", List.of(), new Consent(false, true), null);

        HydratedUser user = hydrateBoth("ana", "visitor");

        assertThat(user.personalised()).isFalse();
        assertThat(user.history().entries()).isEmpty();
        assertThat(user.missing()).isEmpty();
        assertThat(hydrate(site.interactions, site.users).personalised()).isTrue();
    }

    @Test
    void theRefusalOfTheUserBehindEitherIdHolds() {
        site.profile("bea", List.of("visitor"), new Consent(false, true), null)
                .profile(
                        UserProfile.absent("visitor")
                                .aliasOf("bea")
                                .with(new UserProfile.Stated(Map.of(), Consent.GIVEN)));

        assertThat(hydrateBoth("ana", "visitor").personalised()).isFalse();
        assertThat(hydrate(UserIdentity.anonymous("visitor")).personalised()).isFalse();
    }

    @Test
    void rowsThatAnErasureOfTheSecondIdCoversAreLeftOut() {
        site.reads("visitor", Duration.ofSeconds(10), "f2")
                .profile("visitor", List.of(), null, NOW);

        assertThat(hydrateBoth("ana", "visitor").history().entries())
                .extracting(entry -> entry.target().id())
                .containsExactly("f1");
    }

    @Test
    void theProfileOfTheSecondIdIsNamedWhereItIsMissing() {
        Hydrator hydrator = new Hydrator(site.interactions, profiles(DOWN), AMPLE, () -> NOW);

        assertThat(hydrator.begin(new UserIdentity("ana", "visitor")).await().missing())
                .containsExactly("profile-unavailable", "anonymous-profile-unavailable");
    }

    private HydratedUser hydrateBoth(String userId, String anonymousId) {
        return hydrate(new UserIdentity(userId, anonymousId));
    }

    private HydratedUser hydrate(UserIdentity user) {
        return new Hydrator(site.interactions, site.users, AMPLE, () -> NOW).begin(user).await();
    }

    private static HydratedUser hydrate(Interactions rows, Users profiles) {
        return new Hydrator(rows, profiles, AMPLE, () -> NOW)
                .begin(UserIdentity.user("ana"))
                .await();
    }

    /** What a store does instead of answering. */
    private interface Fault {
        void strike();
    }

    private static final class Hang implements Fault {
        final CountDownLatch interrupted = new CountDownLatch(1);

        @Override
        public void strike() {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                interrupted.countDown();
                throw new IllegalStateException(stopped);
            }
        }
    }

    private static final class Deaf implements Fault {
        final AtomicInteger reads = new AtomicInteger();
        volatile CountDownLatch release = new CountDownLatch(1);

        void holdAgain() {
            release = new CountDownLatch(1);
            reads.set(0);
        }

        @Override
        public void strike() {
            CountDownLatch held = release;
            reads.incrementAndGet();
            boolean released = false;
            while (!released) {
                try {
                    held.await();
                    released = true;
                } catch (InterruptedException ignored) {
                    released = false;
                }
            }
        }
    }

    private Interactions rows(Fault fault) {
        return Faults.on(Interactions.class, site.interactions, call -> fault.strike());
    }

    private Users profiles(Fault fault) {
        return Faults.on(Users.class, site.users, call -> fault.strike());
    }
}
