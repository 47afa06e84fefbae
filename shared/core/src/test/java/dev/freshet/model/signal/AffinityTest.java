package dev.freshet.model.signal;

import static dev.freshet.model.Examples.NOON;
import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.history.UserAction;
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
        all.add(Examples.item("opera", 1, List.of("opera")));
        all.add(Examples.item("untagged", 1, List.of()));
        all.add(Examples.item("derby", 1, List.of("sport", "derby")));
        return learned(all);
    }

    private float[] signals(String item, Map<String, UserProfile.Shown> shown) {
        Preferences preferences = Preferences.of(model.items(), LIKES_SPORT, shown, null);
        return Signals.of(model, preferences, Context.UNKNOWN, NOON).of(model.items().index(item));
    }

    @Test
    void showingsInVainLeaveTheLiftOfTagsAsLearningKnowsIt() {
        Map<String, UserProfile.Shown> shown =
                Map.of("chess-1", new UserProfile.Shown(3, NOON, NOON));

        for (String item : List.of("sport-1", "chess-2")) {
            assertThat(signals(item, shown)[ContentSignals.TAGS.at()])
                    .isEqualTo(signals(item, Map.of())[ContentSignals.TAGS.at()]);
        }
        assertThat(signals("sport-1", Map.of())[ContentSignals.TAGS.at()]).isPositive();
    }

    @Test
    void tagsOfWhatWasShownInVainLoseAndOthersGain() {
        Map<String, UserProfile.Shown> shown =
                Map.of("chess-1", new UserProfile.Shown(3, NOON, NOON));

        assertThat(signals("chess-2", shown)[ContentSignals.TAGS_IN_VAIN.at()]).isNegative();
        assertThat(signals("sport-2", shown)[ContentSignals.TAGS_IN_VAIN.at()]).isPositive();
        assertThat(signals("sport-2", Map.of())[ContentSignals.TAGS_IN_VAIN.at()]).isZero();
    }

    @Test
    void aTagOfWhichNothingIsKnownLosesForWhoChoosesMuchOfWhatIsShownAndForNobodyElse() {
        UserProfile.Shown often = new UserProfile.Shown(5, NOON, NOON);

        assertThat(ofOpera(Map.of())).isNegative();
        assertThat(ofOpera(Map.of("chess-1", often, "chess-2", often))).isZero();
    }

    @Test
    void anItemWithoutTagsIsAsOneWithATagOfWhichNothingIsKnown() {
        float[] without = signals("untagged", Map.of());

        assertThat(without[ContentSignals.TAGS.at()]).isEqualTo(ofOpera(Map.of()));
    }

    @Test
    void whatIsKnownOfOneTagCountsMoreThanThatNothingIsKnownOfAnother() {
        float known = signals("sport-1", Map.of())[ContentSignals.TAGS.at()];
        float unknown = ofOpera(Map.of());
        double mean = (known + unknown) / 2;

        double both = signals("derby", Map.of())[ContentSignals.TAGS.at()] / Math.sqrt(2);
        assertThat(both).isBetween(mean + 0.1 * (known - unknown), (double) known);
    }

    private float ofOpera(Map<String, UserProfile.Shown> shown) {
        float[] signals = signals("opera", shown);
        return signals[ContentSignals.TAGS.at()] + signals[ContentSignals.TAGS_IN_VAIN.at()];
    }
}
