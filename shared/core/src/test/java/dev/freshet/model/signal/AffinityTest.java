package dev.freshet.model.signal;

import static dev.freshet.model.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.log.Trainer;
import dev.freshet.profile.UserProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AffinityTest {
    private static final List<UserAction> LIKES_SPORT =
            List.of(new UserAction("e1", EventType.LIKE, Target.item("sport-0"), 1, NOON, null));

    private final Model model = model();

    private static Model model() {
        List<Example> all = new ArrayList<>();
        for (int n = 0; n < 4; n++) {
            all.add(Examples.item("sport-" + n, 1, List.of("sport")));
            all.add(Examples.item("chess-" + n, 1, List.of("chess")));
        }
        return Trainer.train(Model.EMPTY, all).model();
    }

    private Affinity affinity(Map<String, UserProfile.Shown> shown) {
        return new Affinity(model.items(), Preferences.of(model.items(), LIKES_SPORT, shown, null));
    }

    private float inVain(Affinity affinity, String item) {
        return affinity.inVain(model.items().item(model.items().index(item)));
    }

    @Test
    void showingsInVainLeaveTheLiftOfTagsAsLearningKnowsIt() {
        Affinity without = affinity(Map.of());
        Affinity with = affinity(Map.of("chess-1", new UserProfile.Shown(3, NOON, NOON)));

        for (String item : List.of("sport-1", "chess-2")) {
            int at = model.items().index(item);
            assertThat(with.tags(model.items().item(at)))
                    .isEqualTo(without.tags(model.items().item(at)));
        }
        assertThat(without.tags(model.items().item(model.items().index("sport-1")))).isPositive();
    }

    @Test
    void showingsInVainDiluteTheTagsOfAllTheirItems() {
        Affinity affinity = affinity(Map.of("chess-1", new UserProfile.Shown(3, NOON, NOON)));

        assertThat(inVain(affinity, "chess-2"))
                .isCloseTo((float) Math.log(Affinity.TRUST / (Affinity.TRUST + 3)), within(1e-5f));
        assertThat(inVain(affinity, "sport-2")).isZero();
    }

    @Test
    void whatWasLikedIsDilutedLess() {
        Affinity affinity =
                affinity(
                        Map.of(
                                "chess-1", new UserProfile.Shown(3, NOON, NOON),
                                "sport-1", new UserProfile.Shown(3, NOON, NOON)));

        assertThat(inVain(affinity, "sport-2")).isBetween(inVain(affinity, "chess-2"), 0f);
    }
}
