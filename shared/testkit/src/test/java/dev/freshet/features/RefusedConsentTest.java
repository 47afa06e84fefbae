package dev.freshet.features;

import static dev.freshet.features.EventFlow.NOW;
import static dev.freshet.features.EventFlow.clicked;
import static dev.freshet.features.EventFlow.shown;
import static dev.freshet.features.EventFlow.stating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Consent;
import dev.freshet.event.Event;
import dev.freshet.event.EventType;
import dev.freshet.features.FeatureFlow.EventOutcome;
import dev.freshet.profile.UserProfile;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A refusal of consent holds wherever it was stated. */
class RefusedConsentTest {
    private final EventFlow at = new EventFlow();

    private static Event click(String user, @Nullable Consent consent) {
        return stating(clicked(user, "tea", "e-" + user), consent);
    }

    private static Event impression(String user, @Nullable Consent consent) {
        return stating(shown(user, "i-" + user, NOW.minusSeconds(5), "milk"), consent);
    }

    private void stated(UserProfile profile, Consent consent) {
        at.profiles.put(profile.with(new UserProfile.Stated(Map.of(), consent)));
    }

    @Test
    void anEventThatStatesConsentDoesNotOutweighTheRefusalOfTheProfile() {
        stated(UserProfile.absent("ann"), new Consent(false, false));

        FeatureFlow.Outcome outcome =
                at.take(click("ann", Consent.GIVEN), impression("ann", Consent.GIVEN));

        assertThat(outcome.count(EventOutcome.WITHOUT_CONSENT)).isEqualTo(2);
        assertThat(at.stored()).isEmpty();
        assertThat(at.learned()).isEmpty();
        assertThat(at.profiles.get("ann").shown()).isEmpty();
    }

    @Test
    void anEventOfAnAliasDoesNotOutweighTheRefusalOfItsUser() {
        stated(UserProfile.absent("ann"), new Consent(false, true));
        stated(UserProfile.absent("anon-1").aliasOf("ann"), Consent.GIVEN);

        at.take(click("anon-1", Consent.GIVEN));

        assertThat(at.stored()).isEmpty();
    }

    @Test
    void eachPurposeIsRefusedByItself() {
        stated(UserProfile.absent("ann"), new Consent(true, false));

        at.take(click("ann", Consent.GIVEN), impression("ann", Consent.GIVEN));

        assertThat(at.stored()).extracting(StoredInteraction::type).containsOnly(EventType.CLICK);
        assertThat(at.timesShown("ann", "milk")).isEqualTo(1);
    }

    @Test
    void anEventThatRefusesIsNotStoredWhateverTheProfileStates() {
        stated(UserProfile.absent("ann"), Consent.GIVEN);

        at.take(click("ann", new Consent(false, true)));

        assertThat(at.stored()).isEmpty();
    }

    @Test
    void aUserWhoConsentsAgainIsStoredFromThenOn() {
        stated(UserProfile.absent("ann"), new Consent(false, false));
        stated(at.profiles.get("ann"), Consent.GIVEN);

        at.take(click("ann", null));

        assertThat(at.stored()).hasSize(1);
    }
}
