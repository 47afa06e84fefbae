package dev.freshet.features;

import static dev.freshet.features.EventFlow.NOW;
import static dev.freshet.features.EventFlow.alias;
import static dev.freshet.features.EventFlow.asked;
import static dev.freshet.features.EventFlow.did;
import static dev.freshet.features.EventFlow.onListOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.ExposureTokens;
import dev.freshet.access.ListArm;
import dev.freshet.event.Event;
import dev.freshet.event.EventType;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.example.Example;
import dev.freshet.features.FeatureFlow.EventOutcome;
import dev.freshet.features.FeatureFlow.ListCounts;
import dev.freshet.model.Components;
import dev.freshet.model.Model;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.sums.OutcomeDay;
import dev.freshet.model.sums.OutcomePair;
import dev.freshet.model.sums.OutcomeSums;
import dev.freshet.model.sums.OutcomeSums.OutcomeCount;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list counts for the user who asked for it, and nowhere else. */
class ListsOfOthersTest {
    private static final Instant ISSUED = NOW.minusSeconds(60);

    private static final ExposureToken LIST = list("list-1", "a");

    private final EventFlow at = new EventFlow();

    private static ExposureToken list(String id, String arm) {
        return ExposureTokens.home(
                id,
                ISSUED,
                List.of(new ListArm("exp", "salt", arm)),
                new ExposureToken.Shown("tea", 1, 1),
                new ExposureToken.Shown("milk", 1, 3));
    }

    private static Event shown(String user, ExposureToken list) {
        return onListOf(list, ISSUED, EventFlow.shown(user, "i", ISSUED, list.itemIds().get(0)));
    }

    private static Event clicked(String user, ExposureToken list) {
        return onListOf(list, ISSUED.plusSeconds(5), EventFlow.clicked(user, "milk", "c"));
    }

    private static Event bought(String user, ExposureToken list) {
        Value price = Value.money(12.34, "EUR");
        return onListOf(list, NOW, did(user, EventType.PURCHASE, "milk", price, "b"));
    }

    private Model learned() {
        return Trainer.train(Model.EMPTY, at.learned()).model();
    }

    private long home(OutcomeCount count) {
        return learned().outcomes().days().stream()
                .map(OutcomeDay::pairs)
                .map(pairs -> pairs.getOrDefault(new OutcomePair("home", ""), OutcomeSums.NONE))
                .mapToLong(sums -> sums.get(count))
                .sum();
    }

    @Test
    void aListUnderAnotherIdCountsNowhereAndTheEventsAreInteractionsAllTheSame() {
        ExposureToken list = asked(LIST, "ann");

        FeatureFlow.Outcome outcome =
                at.take(shown("anon-1", list), clicked("anon-1", list), bought("anon-1", list));

        assertThat(outcome.count(EventOutcome.LIST_NOT_COUNTED)).isEqualTo(1);
        assertThat(outcome.lists()).isEqualTo(new ListCounts(3, 0));
        assertThat(at.lists.all()).isEmpty();
        assertThat(at.profiles.get("anon-1").enrolled().isEmpty()).isTrue();
        assertThat(at.timesShown("anon-1", "tea")).as("for the frequency cap").isEqualTo(1);
        assertThat(home(OutcomeCount.LISTS)).isZero();
        assertThat(home(OutcomeCount.CLICKS)).isZero();
        assertThat(home(OutcomeCount.UNSEEN_CLICKS)).isZero();
        assertThat(home(OutcomeCount.CONVERSIONS)).isZero();
        assertThat(at.learned())
                .hasSize(2)
                .allSatisfy(
                        example -> {
                            Example.Interaction one = (Example.Interaction) example;
                            assertThat(one.target().id()).isEqualTo("milk");
                            assertThat(one.list()).as("what the blend learns from").isEmpty();
                            assertThat(one.standing().enrolled()).isEmpty();
                            assertThat(one.credit() == null || !one.credit().attributed()).isTrue();
                        });
    }

    @Test
    void aListThatNobodyAskedForCountsForNobody() {
        FeatureFlow.Outcome outcome = at.take(shown("ann", LIST), clicked("ann", LIST));

        assertThat(outcome.lists()).isEqualTo(new ListCounts(0, 2));
        assertThat(at.lists.all()).isEmpty();
        assertThat(home(OutcomeCount.LISTS)).isZero();
        assertThat(at.stored()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "anon-1", "anon-2"})
    void aListCountsUnderEachIdThatIsLinkedToTheOneThatAskedForIt(String reporter) {
        at.take(alias("anon-1", "ann"));
        at.take(alias("anon-2", "ann"));
        ExposureToken list = asked(LIST, "anon-1");

        at.take(shown(reporter, list), clicked(reporter, list));

        assertThat(home(OutcomeCount.LISTS)).isEqualTo(1);
        assertThat(home(OutcomeCount.LISTS_CLICKED)).isEqualTo(1);
        assertThat(at.profiles.get(reporter).enrolled().in("exp", "salt").isPresent())
                .as("a list enrols the id that asked for it alone")
                .isEqualTo(reporter.equals("anon-1"));
    }

    @Test
    void aListUnderManyLinkedIdsEnrolsOnePersonAtMost() {
        ExposureToken list = asked(LIST, "ann");
        for (int i = 0; i < 100; i++) {
            at.take(alias("anon-" + i, "ann"));
            at.take(shown("anon-" + i, list));
        }

        assertThat(home(OutcomeCount.LISTS)).isEqualTo(100);
        assertThat(at.learned())
                .filteredOn(Example.Exposure.class::isInstance)
                .allSatisfy(shown -> assertThat(((Example.Exposure) shown).enrolled()).isEmpty());
    }

    @Test
    void aListOfALinkedIdInAnotherArmCrossesTheEnrolmentThatItsUserHas() {
        at.take(alias("anon-1", "ann"));
        ExposureToken other = list("list-2", "b");
        at.take(shown("ann", asked(LIST, "ann")));

        at.take(
                onListOf(
                        asked(other, "anon-1"),
                        ISSUED,
                        EventFlow.shown("ann", "i2", ISSUED, "tea")));

        assertThat(at.profiles.get("ann").enrolled().in("exp", "salt").orElseThrow().crossed())
                .isTrue();
    }

    @Test
    void aPurchaseThatWasCreditedBeforeTheAliasMarksNoListWhenItIsDeliveredAgain() {
        StreamRecord purchase = at.record(bought("ann", asked(LIST, "anon-1")));
        at.take(purchase);
        at.take(alias("anon-1", "ann"));

        at.take(purchase);

        assertThat(home(OutcomeCount.CONVERSIONS)).isZero();
        assertThat(at.lists.all()).isEmpty();
    }

    @Test
    void aListIsCountedAsItWasWhenItsEventWasProcessed() {
        FeatureFlow.Outcome outcome =
                at.take(clicked("anon-1", asked(LIST, "ann")), alias("anon-1", "ann"));

        assertThat(outcome.lists()).isEqualTo(new ListCounts(1, 0));
    }

    @Test
    void aListOfTheUserIdCountsUnderTheAnonymousIdOnceTheyAreLinked() {
        ExposureToken list = asked(LIST, "ann");
        at.take(clicked("anon-1", list));
        at.take(alias("anon-1", "ann"));

        at.take(shown("anon-1", list));

        assertThat(home(OutcomeCount.LISTS)).isEqualTo(1);
        assertThat(home(OutcomeCount.CLICKS)).as("before the link").isZero();
    }

    @Test
    void anEventThatNamesBothIdsCountsForAListOfTheAnonymousOneBeforeTheyAreLinked() {
        Event shown = shown("ann", asked(LIST, "anon-1"));
        Event both =
                (Event)
                        Components.with(
                                (Record) shown,
                                "header",
                                Components.with(
                                        shown.header(), "user", new UserIdentity("ann", "anon-1")));

        at.take(both);

        assertThat(home(OutcomeCount.LISTS)).isEqualTo(1);
    }
}
