package dev.freshet.model.basket;

import static dev.freshet.model.Examples.assertSameBytes;
import static dev.freshet.model.Examples.learned;
import static dev.freshet.model.Examples.reread;
import static dev.freshet.model.Examples.times;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.EventType;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Standing;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.settings.ModelSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user does counts once, however many other items the user touches in between. */
class PastEntriesTest {
    private static final int LIKED = 0;
    private static final int CLICKED = 2;

    private final Examples examples = new Examples();

    /** Returns a like of the first item, a rating of the second and a click on the third. */
    private List<Example> opinions(long user, float stars, Duration at) {
        return List.of(
                examples.interaction(user, "liked", EventType.LIKE, 2, at),
                examples.rated(user, "rated", stars, at),
                examples.interaction(user, "clicked", at));
    }

    private Model afterOthers(Model model, long user, int others, Duration at) {
        return learned(model, times(others, n -> examples.interaction(user, "other-" + n, at)));
    }

    private Model overflown(long user) {
        Model model = learned(opinions(user, 5, Duration.ZERO));
        return afterOthers(model, user, ModelSettings.BASKET_ENTRIES, Duration.ofMinutes(1));
    }

    private static List<Long> counts(Model model) {
        return List.of(
                (long) model.state().ratings().likes().get(LIKED),
                model.ratings().count(),
                model.popularity().count(CLICKED));
    }

    @Test
    void whoComesBackToAnItemCountsNoSecondTimeAndHasChangedTheRating() {
        Model model = overflown(1);
        assertThat(model.baskets().holds(0, LIKED)).isFalse();
        Model again = learned(model, opinions(1, 3, Duration.ofMinutes(2)));

        assertThat(again.baskets().holds(0, LIKED)).isTrue();
        assertThat(counts(again)).containsExactly(1L, 1L, 1L);
        assertThat(again.state().ratings().sum()).isEqualTo(2 * 3);
        assertThat(counts(learned(again, opinions(1, 3, Duration.ofDays(1)))))
                .containsExactly(1L, 1L, 2L);
    }

    @Test
    void theEntriesAreKeptInSnapshotsAndForgottenWithTheUser() {
        Model model = overflown(1);
        assertSameBytes(reread(model), model);
        assertThat(counts(learned(reread(model), opinions(1, 3, Duration.ofMinutes(2)))))
                .containsExactly(1L, 1L, 1L);
        assertThat(counts(learned(model, examples.forget(1)))).containsExactly(0L, 0L, 0L);
    }

    @Test
    void whatIsTakenBackAfterItLeftTheBasketCountsNoLonger() {
        List<Example> opinions = opinions(1, 5, Duration.ZERO);
        Model model = learned(opinions);
        model = afterOthers(model, 1, ModelSettings.BASKET_ENTRIES, Duration.ofMinutes(1));
        for (Example opinion : opinions) {
            model = learned(model, examples.takenBack((Example.Interaction) opinion));
        }
        assertThat(counts(model)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void twoUsersWhoTurnOutToBeOneHaveOneOpinionEach() {
        Model two = learned(overflown(1), opinions(2, 3, Duration.ofMinutes(3)));
        assertThat(counts(two)).containsExactly(2L, 2L, 2L);
        Model one = learned(two, examples.merge(1, 2));
        assertThat(counts(one).subList(0, 2)).containsExactly(1L, 1L);
        Model full = afterOthers(one, 2, ModelSettings.BASKET_ENTRIES, Duration.ofMinutes(4));
        assertThat(counts(learned(full, opinions(2, 4, Duration.ofMinutes(5)))).subList(0, 2))
                .containsExactly(1L, 1L);
    }

    @Test
    void opinionsThatDoNotCountYetAreForgottenAndCountOnceTheUserIsKnown() {
        List<Example> withheld = new ArrayList<>();
        for (Example one : opinions(1, 5, Duration.ZERO)) {
            withheld.add(((Example.Interaction) one).with(Standing.waiting(60)));
        }
        Model model = learned(withheld);
        model = afterOthers(model, 1, ModelSettings.BASKET_ENTRIES, Duration.ofMinutes(2));
        assertThat(counts(learned(model, opinions(1, 3, Duration.ofDays(4)))))
                .containsExactly(1L, 1L, 2L);
    }

    @Test
    void aClickIsKnownForEightDaysAndAnOpinionWhileThereIsRoom() {
        Model model = overflown(1);
        int beyond = PastEntries.MOST + ModelSettings.BASKET_ENTRIES;
        Model later = afterOthers(model, 1, 2 * ModelSettings.BASKET_ENTRIES, Duration.ofDays(9));
        assertThat(counts(learned(later, examples.forget(1)))).containsExactly(0L, 0L, 1L);
        Model full = afterOthers(model, 1, beyond, Duration.ofMinutes(1));
        assertThat(counts(learned(full, examples.forget(1)))).containsExactly(1L, 1L, 1L);
    }
}
