package dev.freshet.features;

import static dev.freshet.features.EventFlow.NOW;
import static dev.freshet.features.EventFlow.did;
import static dev.freshet.features.EventFlow.header;
import static dev.freshet.features.EventFlow.shown;
import static dev.freshet.features.EventFlow.stating;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Consent;
import dev.freshet.event.Event;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.event.Value;
import dev.freshet.features.FeatureFlow.EventOutcome;
import dev.freshet.profile.UserProfile;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A refusal of consent holds wherever it was stated. */
class RefusedConsentTest {
    private static final String USER = "ann";
    private static final String ALIAS = "anon-1";

    private static @Nullable Consent allowing(@Nullable String purposes) {
        return purposes == null
                ? null
                : new Consent(
                        List.of("all", "personalisation").contains(purposes),
                        List.of("all", "analytics").contains(purposes));
    }

    /** A user likes an item, sees another and retracts the like. */
    @ParameterizedTest(
            name = "by {2}''s events that allow {3}, where ann states {0} and anon-1 {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # ann             | anon-1  | who    | the events      | refused | rows | lists | examples | shown
                                      |         | ann    | all             | 0       | 2    | 1     | 3       | true
                                      |         | ann    | personalisation | 1       | 2    | 0     | 2       | true
                                      |         | ann    | analytics       | 3       | 0    | 0     | 0       | false
                                      |         | ann    | nothing         | 3       | 0    | 0     | 0       | false
                    all               |         | ann    |                 | 0       | 2    | 1     | 3       | true
                    personalisation   |         | ann    |                 | 1       | 2    | 0     | 2       | true
                    analytics         |         | ann    |                 | 3       | 0    | 0     | 0       | false
                    nothing           |         | ann    |                 | 3       | 0    | 0     | 0       | false
                    nothing           |         | ann    | all             | 3       | 0    | 0     | 0       | false
                    personalisation   |         | ann    | all             | 1       | 2    | 0     | 2       | true
                    all               |         | ann    | analytics       | 3       | 0    | 0     | 0       | false
                    nothing, then all |         | ann    |                 | 0       | 2    | 1     | 3       | true
                    analytics         | all     | anon-1 | all             | 3       | 0    | 0     | 0       | false
                    analytics         | no word | anon-1 |                 | 3       | 0    | 0     | 0       | false
                    analytics         | no word | bob    |                 | 0       | 2    | 1     | 3       | true
                    """)
    void noMoreIsKeptThanAllWhoStateItAllow(
            @Nullable String ofUser,
            @Nullable String ofAlias,
            String who,
            @Nullable String ofEvents,
            int refused,
            int rows,
            int lists,
            int examples,
            boolean shown) {
        EventFlow at = new EventFlow();
        for (String stated : ofUser == null ? new String[0] : ofUser.split(", then ")) {
            at.states(USER, Map.of(), allowing(stated));
        }
        if (ofAlias != null) {
            at.profiles.put(UserProfile.absent(ALIAS).aliasOf(USER));
            at.states(ALIAS, Map.of(), ofAlias.equals("all") ? Consent.GIVEN : null);
        }
        Consent own = allowing(ofEvents);
        Event undo =
                new Event.Retraction(header(who, "e-3"), EventType.LIKE, Target.item("tea"), "e-1");

        FeatureFlow.Outcome outcome =
                at.take(
                        stating(did(who, EventType.LIKE, "tea", Value.NONE, "e-1"), own),
                        stating(shown(who, "e-2", NOW.minusSeconds(5), "milk"), own),
                        stating(undo, own));

        assertThat(outcome.unfinished()).isEmpty();
        assertThat(outcome.count(EventOutcome.WITHOUT_CONSENT)).isEqualTo(refused);
        assertThat(at.stored())
                .extracting(StoredInteraction::type)
                .isEqualTo(Collections.nCopies(rows, EventType.LIKE));
        assertThat(at.lists.all()).hasSize(lists);
        assertThat(at.learned()).hasSize(examples);
        assertThat(at.profiles.get(who).shown().containsKey("milk")).isEqualTo(shown);
    }
}
