package dev.freshet.model.basket;

import static dev.freshet.model.Examples.NOON;
import static dev.freshet.model.Examples.learned;
import static dev.freshet.model.Examples.reread;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.example.Example;
import dev.freshet.example.Example.Standing;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.BasketContents;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaitingUsersTest {
    private static final int WAIT = 60;

    private final Examples examples = new Examples();
    private final List<Example> some = new ArrayList<>();

    private Model model() {
        return learned(some);
    }

    private Example.Interaction anonymous(long user, String item, int second) {
        return examples.interaction(user, item, Duration.ofSeconds(second))
                .with(Standing.waiting(WAIT));
    }

    private static double count(Model model, String item) {
        return model.popularity().count(model.items().index(item));
    }

    private static int similar(Model model, String item) {
        return model.coOccurrence().similar(model.items().index(item), 9).size();
    }

    @Test
    void whatANewAnonymousUserDoesCountsForNobodyElse() {
        some.add(anonymous(1, "a", 0));
        some.add(anonymous(1, "b", 59));
        Model model = model();
        assertThat(count(model, "a")).isZero();
        assertThat(model.popularity().top(Scope.ALL, HalfLife.TWO_WEEKS, NOON, 9).size()).isZero();
        assertThat(similar(model, "a")).isZero();
        assertThat(model.items().last(model.items().index("a"))).isZero();
        assertThat(model.recent().count()).isZero();
        assertThat(BasketContents.of(model, new Pseudonym(1))).hasSize(2);
    }

    @Test
    void withTheFirstEventAfterTheTimeAllEarlierOnesCount() {
        some.add(anonymous(1, "a", 0));
        some.add(anonymous(1, "b", 30));
        some.add(anonymous(1, "c", 60));
        Model model = model();
        assertThat(List.of(count(model, "a"), count(model, "b"), count(model, "c")))
                .containsExactly(1.0, 1.0, 1.0);
        assertThat(similar(model, "a")).isEqualTo(2);
        Instant later = NOON.plusSeconds(60);
        assertThat(model.popularity().count(0, HalfLife.TWO_HOURS, later))
                .isEqualTo(counted(0).popularity().count(0, HalfLife.TWO_HOURS, later));
    }

    /** Returns a model in which one user who does not wait interacted with an item. */
    private static Model counted(int second) {
        return learned(new Examples().interaction(1, "a", Duration.ofSeconds(second)));
    }

    @Test
    void whatCountsIsWhenEventsAreReceivedNotWhatTimeTheyClaim() {
        some.add(anonymous(1, "a", 0).received(NOON.plusSeconds(3_600)));
        some.add(anonymous(1, "b", 3_600).received(NOON.plusSeconds(3_601)));
        assertThat(count(model(), "a")).isZero();
        some.add(anonymous(1, "c", 1).received(NOON.plusSeconds(3_660)));
        assertThat(count(model(), "a")).isEqualTo(1);
    }

    @Test
    void whoWaitedOnceNeverWaitsAgain() {
        some.add(anonymous(1, "a", 0));
        some.add(anonymous(1, "b", 60));
        some.add(anonymous(1, "c", 61));
        some.add(anonymous(1, "d", 90_000));
        assertThat(count(model(), "c")).isEqualTo(1);
        assertThat(count(model(), "d")).isEqualTo(1);
    }

    @Test
    void aUserWhoSignsInCountsAtOnce() {
        some.add(anonymous(1, "a", 0));
        some.add(examples.interaction(2, "b", Duration.ofSeconds(5)));
        some.add(examples.merge(1, 2));
        Model model = model();
        assertThat(count(model, "a")).isEqualTo(1);
        assertThat(similar(model, "a")).isEqualTo(1);
    }

    @Test
    void aForgottenUserWhoWaitedLeavesNothingAndTakesNothing() {
        some.add(examples.interaction(2, "a"));
        some.add(anonymous(1, "a", 0));
        some.add(examples.forget(1));
        assertThat(count(model(), "a")).isEqualTo(1);
        assertThat(model().users()).isEqualTo(1);
    }

    @Test
    void whatWasTakenBackWhileWaitingNeverCounts() {
        Example.Interaction first = anonymous(1, "a", 0);
        some.add(first);
        some.add(examples.takenBack(first));
        some.add(anonymous(1, "b", 1));
        some.add(anonymous(1, "c", 100));
        assertThat(count(model(), "a")).isZero();
    }

    @Test
    void countsStayThoseOfTheBasketsWhateverHappens() {
        for (long seed = 1; seed <= 30; seed++) {
            some.clear();
            mixed(new Random(seed));
            Model model = model();
            assertThat(SnapshotCodec.encode(reread(model)))
                    .as("seed %d", seed)
                    .isEqualTo(SnapshotCodec.encode(model));
            some.addAll(Examples.times(12, examples::forget));
            Model empty = model();
            for (int item = 0; item < empty.items().size(); item++) {
                assertThat(empty.counts().totals().get(item))
                        .as("seed %d, item %d", seed, item)
                        .isZero();
                assertThat(empty.baskets().holders().count(item)).as("seed %d", seed).isZero();
                assertThat(empty.baskets().postings(item)).as("seed %d", seed).isEmpty();
            }
            assertThat(empty.scoped().byScope()).as("seed %d", seed).isEmpty();
        }
    }

    /** Adds interactions of users who wait and who do not, retractions, merges and erasures. */
    private void mixed(Random random) {
        List<Example.Interaction> earlier = new ArrayList<>();
        for (int step = 0; step < 300; step++) {
            int dice = random.nextInt(20);
            long user = random.nextInt(12);
            if (dice == 0) {
                some.add(examples.forget(user));
            } else if (dice == 1) {
                some.add(examples.merge(user, random.nextInt(12)));
            } else if (dice < 5 && !earlier.isEmpty()) {
                some.add(examples.takenBack(earlier.remove(random.nextInt(earlier.size()))));
            } else {
                String item = "item-" + random.nextInt(9);
                Example.Interaction next =
                        user % 2 == 0
                                ? anonymous(user, item, 7 * step)
                                : examples.interaction(user, item, Duration.ofSeconds(7L * step));
                some.add(next);
                earlier.add(next);
            }
        }
    }
}
