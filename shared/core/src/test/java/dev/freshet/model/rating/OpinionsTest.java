package dev.freshet.model.rating;

import static dev.freshet.model.Examples.assertSameBytes;
import static dev.freshet.model.Examples.empty;
import static dev.freshet.model.Examples.learned;
import static dev.freshet.model.Examples.reread;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.EventType;
import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.rating.Ratings.RatedItems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the model keeps of likes and ratings, and takes back. */
class OpinionsTest {
    /** Seconds until the opinions of an anonymous user count. */
    private static final int DAYS = 3 * 86_400;

    private final Examples examples = new Examples();
    private final List<Example> training = new ArrayList<>();

    private Model model() {
        return learned(empty(3), List.copyOf(training));
    }

    private Example.Interaction likes(long user, String item) {
        Example.Interaction like =
                examples.interaction(
                        user, item, EventType.LIKE, 3, Duration.ofMinutes(training.size()));
        training.add(like);
        return like;
    }

    private void rates(long user, String item, float stars) {
        training.add(examples.rated(user, item, stars, Duration.ofMinutes(training.size())));
    }

    private int likesOf(String item) {
        Model model = model();
        return model.ratingCounts().likes().get(model.items().index(item));
    }

    @Test
    void aUserLikesAnItemOnceHoweverOftenItIsSaid() {
        likes(1, "a");
        likes(1, "a");
        likes(2, "a");
        training.add(examples.interaction(3, "a", Duration.ofHours(1)));

        assertThat(likesOf("a")).isEqualTo(2);
    }

    @Test
    void aLikeThatIsTakenBackOrErasedCountsNoMore() {
        Example.Interaction first = likes(1, "a");
        likes(2, "a");
        training.add(examples.interaction(1, "a", Duration.ofHours(1)));

        training.add(examples.takenBack(first));
        assertThat(likesOf("a")).isEqualTo(1);
        training.add(examples.forget(2));
        assertThat(likesOf("a")).isZero();
    }

    @Test
    void twoIdsOfOneUserLikeAnItemOnceAfterTheyAreJoined() {
        likes(1, "a");
        likes(2, "a");
        likes(1, "b");
        training.add(examples.merge(1, 2));

        assertThat(likesOf("a")).isEqualTo(1);
        assertThat(likesOf("b")).isEqualTo(1);
        training.add(examples.forget(2));
        assertThat(likesOf("a")).isZero();
        assertThat(likesOf("b")).isZero();
    }

    @Test
    void anOpinionOfAnAnonymousUserTakenBackBeforeItCountsNeverDid() {
        training.add(waiting(1, 5, EventType.RATING, 0));
        training.add(waiting(1, 0, EventType.VIEW, 61));
        training.add(examples.takenBack(waiting(1, 5, EventType.RATING, 0)));
        training.add(waiting(1, 0, EventType.VIEW, DAYS));

        assertThat(model().ratings().count()).isZero();
        assertThat(model().ratingCounts().sum()).isZero();
    }

    @Test
    void whatAnAnonymousUserThinksCountsOnceTheUserSignsIn() {
        training.add(waiting(1, 5, EventType.RATING, 0));
        training.add(waiting(1, 0, EventType.LIKE, 1));
        training.add(examples.merge(1, 2));

        assertThat(likesOf("a")).isEqualTo(1);
        assertThat(model().ratings().count()).isEqualTo(1);
        training.add(examples.forget(2));
        assertThat(likesOf("a")).isZero();
        assertThat(model().ratingCounts().sum()).isZero();
    }

    @Test
    void noRatingOfAnInventedUserTeachesThePrediction() {
        for (int user = 1; user <= 40; user++) {
            training.add(waiting(user, 0, EventType.VIEW, 0));
            training.add(waiting(user, 1, EventType.RATING, 61));
        }
        Model invented = model();
        assertThat(invented.ratings().predict(RatedItems.NOTHING, 0))
                .isEqualTo(Model.EMPTY.ratings().predict(RatedItems.NOTHING, -1));
    }

    private Example.Interaction waiting(long user, float stars, EventType type, int second) {
        return examples.interaction(user, "a", type, 2, stars, Duration.ofSeconds(second))
                .with(Example.Standing.waiting(60));
    }

    @Test
    void inventedUsersLikeAndRateNothingBeforeTheyCount() {
        for (int user = 1; user <= 9; user++) {
            training.add(waiting(user, 5, EventType.RATING, 0));
            training.add(waiting(user, 0, EventType.LIKE, 1));
        }
        assertThat(likesOf("a")).isZero();
        assertThat(model().ratings().count()).isZero();

        training.add(waiting(1, 0, EventType.VIEW, 61));
        training.add(waiting(1, 0, EventType.VIEW, DAYS - 1));
        assertThat(model().counts().totals().get(0)).as("views count").isPositive();
        assertThat(likesOf("a")).isZero();
        assertThat(model().ratings().count()).isZero();
        assertThat(model().baskets().raters(0)).isEmpty();

        training.add(waiting(1, 0, EventType.VIEW, DAYS));
        assertThat(likesOf("a")).isEqualTo(1);
        assertThat(model().ratings().count()).isEqualTo(1);
        assertThat(model().baskets().raters(0)).hasSize(1);
        assertThat(learned(reread(model()), waiting(2, 0, EventType.VIEW, DAYS)).ratings().count())
                .as("after a snapshot")
                .isEqualTo(2);

        training.add(examples.forget(1));
        training.add(examples.forget(2));
        assertThat(likesOf("a")).isZero();
        assertThat(model().ratings().count()).isZero();
    }

    @Test
    void whatTooFewPeopleThinkIsNotVisible() {
        for (long user = 1; user <= 2; user++) {
            likes(user, "a");
            rates(user, "b", 5);
        }
        assertThat(model().visibleOpinions().likes(model().items().index("a"))).isZero();

        likes(3, "a");
        rates(3, "b", 5);
        rates(4, "b", 5);
        assertThat(model().visibleOpinions().likes(model().items().index("a"))).isEqualTo(3);
        assertThat(model().visibleOpinions().stars(model().items().index("b"))).isZero();

        rates(5, "b", 5);
        assertThat(model().visibleOpinions().stars(model().items().index("b"))).isBetween(3.5, 4.9);
    }

    @Test
    void fewHighRatingsAreWorthLessThanManyHighOnes() {
        for (long user = 1; user <= 60; user++) {
            rates(user, "many", user % 10 == 0 ? 4.5f : 5);
            rates(user, "low", 2);
        }
        for (long user = 1; user <= 5; user++) {
            rates(user, "few", 5);
        }
        Model model = model();

        assertThat(model.visibleOpinions().stars(model.items().index("many")))
                .isGreaterThan(model.visibleOpinions().stars(model.items().index("few")));
    }

    @Test
    void twentyPerfectRatingsAreNoBetterThanAHundredAndFiftyGoodOnes() {
        for (long user = 1; user <= 150; user++) {
            rates(user, "good", user % 5 < 3 ? 5 : 4);
            rates(user, "usual", user % 2 == 0 ? 4 : 3.5f);
        }
        for (long user = 1; user <= 20; user++) {
            rates(user, "pushed", 5);
        }
        for (String item : List.of("good", "usual", "pushed")) {
            training.add(Examples.item(item, 1, List.of()));
        }
        Model model = model();

        assertThat(Examples.ids(model, model.popularity().rated(Scope.ALL, 9)))
                .containsExactly("good", "pushed", "usual");
    }

    @Test
    void aSnapshotHoldsThemAndErasuresAfterItTakeThemBack() {
        SplittableRandom random = new SplittableRandom(5);
        for (int n = 0; n < 400; n++) {
            String item = "i" + random.nextInt(9);
            long user = 1L + random.nextInt(30);
            switch (random.nextInt(4)) {
                case 0 -> likes(user, item);
                case 1 -> rates(user, item, 1 + random.nextInt(9) / 2f);
                case 2 -> training.add(examples.takenBack(likes(user, item)));
                default -> training.add(waiting(100 + user, 4, EventType.RATING, n));
            }
        }
        Model model = model();
        Model read = reread(model);
        assertSameBytes(read, model);

        List<Example> erasures = Examples.times(130, n -> examples.forget(n + 1));
        RatingCounts left = learned(read, erasures).ratingCounts();
        for (int item = 0; item < 9; item++) {
            assertThat(left.likes().get(item)).isZero();
            assertThat(left.counts().get(item)).isZero();
        }
        assertThat(left.sum()).isZero();
    }
}
