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
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a user does counts once, however many other items the user touches in between. */
class PastEntriesTest {
    private static final int LIKED = 0;

    private final Examples examples = new Examples();

    /** Returns a like of the first item, a rating of the second and a click on the third. */
    private List<Example.Interaction> opinions(long user, float stars, Duration at) {
        return List.of(
                examples.interaction(user, "liked", EventType.LIKE, 2, at),
                examples.rated(user, "rated", stars, at),
                examples.interaction(user, "clicked", at));
    }

    private Model afterOthers(Model model, int others, Duration at) {
        return learned(model, times(others, n -> examples.interaction(1, "other-" + n, at)));
    }

    /** Returns what was learned of a user, who then touched as many others as a basket holds. */
    private Model overflown(List<Example.Interaction> opinions) {
        return afterOthers(learned(opinions), ModelSettings.BASKET_ENTRIES, Duration.ofMinutes(1));
    }

    private static List<Long> counts(Model model) {
        return List.of(
                (long) model.ratingCounts().likes().get(LIKED),
                model.ratings().count(),
                model.popularity().count(model.items().index("clicked")));
    }

    @Test
    void whoComesBackToAnItemCountsNoSecondTimeAlsoAfterASnapshot() {
        Model model = overflown(opinions(1, 5, Duration.ZERO));
        assertSameBytes(reread(model), model);
        assertThat(model.baskets().holds(0, LIKED)).isFalse();
        Model again = learned(reread(model), opinions(1, 3, Duration.ofMinutes(2)));

        assertThat(again.baskets().holds(0, LIKED)).isTrue();
        assertThat(counts(again)).containsExactly(1L, 1L, 1L);
        assertThat(again.ratingCounts().sum()).isEqualTo(2 * 3);
        assertThat(counts(learned(again, opinions(1, 3, Duration.ofDays(1)))))
                .containsExactly(1L, 1L, 2L);
    }

    @Test
    void whatIsTakenBackAfterItLeftTheBasketCountsNoLonger() {
        List<Example.Interaction> opinions = opinions(1, 5, Duration.ZERO);
        Model model = overflown(opinions);
        var takenBack = opinions.stream().map(examples::takenBack).toList();
        assertThat(counts(learned(model, takenBack))).containsExactly(0L, 0L, 0L);
    }

    @Test
    void twoUsersWhoTurnOutToBeOneHaveOneOpinionEach() {
        Model two =
                learned(
                        overflown(opinions(1, 5, Duration.ZERO)),
                        opinions(2, 3, Duration.ofMinutes(3)));
        assertThat(counts(two)).containsExactly(2L, 2L, 2L);
        assertThat(counts(learned(two, examples.merge(1, 2))).subList(0, 2))
                .containsExactly(1L, 1L);
    }

    @Test
    void opinionsThatDoNotCountYetAreForgottenAndCountOnceTheUserIsKnown() {
        Standing waiting = Standing.waiting(60);
        Model model =
                overflown(
                        opinions(1, 5, Duration.ZERO).stream()
                                .map(it -> it.with(waiting))
                                .toList());
        assertThat(counts(learned(model, opinions(1, 3, Duration.ofDays(4)))))
                .containsExactly(1L, 1L, 2L);
    }

    @Test
    void aClickIsForgottenWithItsUserForEightDaysAndAnOpinionWhileThereIsRoom() {
        Model model = overflown(opinions(1, 5, Duration.ZERO));
        int beyond = PastEntries.MOST + ModelSettings.BASKET_ENTRIES;
        assertThat(counts(learned(model, examples.forget(1)))).containsExactly(0L, 0L, 0L);
        Model later = afterOthers(model, 2 * ModelSettings.BASKET_ENTRIES, Duration.ofDays(9));
        assertThat(counts(learned(later, examples.forget(1)))).containsExactly(0L, 0L, 1L);
        Model full = afterOthers(model, beyond, Duration.ofMinutes(1));
        assertThat(counts(learned(full, examples.forget(1)))).containsExactly(1L, 1L, 1L);
    }
}
