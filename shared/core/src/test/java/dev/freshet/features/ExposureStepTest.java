package dev.freshet.features;

import static dev.freshet.features.EventFlow.NOW;
import static dev.freshet.features.EventFlow.alias;
import static dev.freshet.features.EventFlow.did;
import static dev.freshet.features.EventFlow.erased;
import static dev.freshet.features.EventFlow.header;
import static dev.freshet.features.EventFlow.onList;
import static dev.freshet.features.EventFlow.stating;
import static dev.freshet.model.sums.OutcomeSums.OutcomeCount.CLICKS;
import static dev.freshet.model.sums.OutcomeSums.OutcomeCount.CONVERSIONS;
import static dev.freshet.model.sums.OutcomeSums.OutcomeCount.EXPLORED;
import static dev.freshet.model.sums.OutcomeSums.OutcomeCount.LATE_CLICKS;
import static dev.freshet.model.sums.OutcomeSums.OutcomeCount.LISTS;
import static dev.freshet.model.sums.OutcomeSums.OutcomeCount.LISTS_CLICKED;
import static dev.freshet.model.sums.OutcomeSums.OutcomeCount.PLACES;
import static dev.freshet.model.sums.OutcomeSums.OutcomeCount.UNSEEN_CLICKS;
import static dev.freshet.model.sums.OutcomeSums.partOfPosition;
import static dev.freshet.model.sums.OutcomeSums.partOfSource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.ExposureTokens;
import dev.freshet.event.Consent;
import dev.freshet.event.Event;
import dev.freshet.event.EventType;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Target;
import dev.freshet.event.Value;
import dev.freshet.model.Model;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.sums.OutcomeDay;
import dev.freshet.model.sums.OutcomePair;
import dev.freshet.model.sums.OutcomeSums;
import dev.freshet.model.sums.OutcomeSums.OutcomeCount;
import dev.freshet.testkit.AdditiveParts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists shown and what becomes of them, from the records of a shard to the sums of the model. */
class ExposureStepTest {
    private static final Instant ISSUED = NOW.minusSeconds(60);
    private static final OutcomePair HOME = new OutcomePair("home", "");

    private final EventFlow at = new EventFlow();
    private final ExposureToken list = list("list-1", ISSUED);

    private static ExposureToken list(String id, Instant issuedAt) {
        return ExposureTokens.home(
                id,
                issuedAt,
                List.of(),
                new ExposureToken.Shown("tea", 1, 1),
                new ExposureToken.Shown("milk", 1, 3),
                new ExposureToken.Shown("salt", 0.25, 4));
    }

    private static Event shown(String eventId, ExposureToken token) {
        return EventFlow.shown("ann", eventId, ISSUED, token);
    }

    private static Event clicked(String eventId, String item, ExposureToken token) {
        return clicked(eventId, item, token, ISSUED.plusSeconds(10));
    }

    private static Event clicked(
            String eventId, String item, @Nullable ExposureToken token, Instant when) {
        return onList(token, when, EventFlow.clicked("ann", item, eventId));
    }

    private static Event bought(String eventId, String item) {
        Value price = Value.money(12.34, "EUR");
        return onList(null, NOW, did("ann", EventType.PURCHASE, item, price, eventId));
    }

    private Model learned() {
        return Trainer.train(Model.EMPTY, at.learned()).model();
    }

    private OutcomeDay day() {
        return learned().outcomes().days().getFirst();
    }

    private OutcomeSums home() {
        return day().pairs().getOrDefault(HOME, OutcomeSums.NONE);
    }

    @Test
    void aListAndAClickOnItAreCountedByPlacementSourceAndPosition() {
        at.take(shown("i", list), clicked("c", "milk", list));

        assertThat(counts(home(), LISTS, PLACES, EXPLORED, LISTS_CLICKED, CLICKS, UNSEEN_CLICKS))
                .containsExactly(1L, 3L, 1L, 1L, 1L, 0L);
        assertThat(home().ofPart(partOfPosition(1), CLICKS)).isEqualTo(1);
        assertThat(home().ofPart(partOfSource(0), PLACES)).isEqualTo(2);
        assertThat(home().ofPart(partOfSource(1), CLICKS)).isEqualTo(1);
        assertThat(home().ofPart(partOfSource(2), CLICKS)).isZero();
    }

    private static List<Long> counts(OutcomeSums sums, OutcomeCount... counts) {
        return Stream.of(counts).map(sums::get).toList();
    }

    @Test
    void aLaterPageIsAListWhosePositionsGoOn() {
        ExposureToken later =
                ExposureTokens.page("list-2", "home", ISSUED, 3, List.of("bread", "jam"));

        at.take(
                shown("i", list),
                shown("j", later),
                clicked("c", "jam", later),
                bought("b", "jam"));

        assertThat(counts(home(), LISTS, PLACES)).containsExactly(2L, 5L);
        assertThat(home().ofPart(partOfPosition(0), PLACES)).isEqualTo(1);
        assertThat(home().ofPart(partOfPosition(3), PLACES)).isEqualTo(1);
        assertThat(home().ofPart(partOfPosition(4), CLICKS)).isEqualTo(1);
        assertThat(home().ofPart(partOfPosition(4), CONVERSIONS)).isEqualTo(1);
        assertThat(home().ofPart(partOfPosition(1), CLICKS)).isZero();
        assertThat(at.timesShown("ann", "jam")).isEqualTo(1);
    }

    @Test
    void aSecondClickIsAClickAndNotAnotherListClicked() {
        at.take(shown("i", list), clicked("c", "milk", list), clicked("d", "tea", list));

        assertThat(counts(home(), CLICKS, LISTS_CLICKED)).containsExactly(2L, 1L);
    }

    @Test
    void aListShownTwiceIsOneList() {
        at.take(shown("i", list), shown("again", list));

        assertThat(home().get(LISTS)).isEqualTo(1);
        assertThat(at.timesShown("ann", "tea")).isEqualTo(1);
    }

    @Test
    void aClickBeforeItsImpressionIsUnseenUntilTheImpressionArrives() {
        at.take(clicked("c", "milk", list));
        assertThat(counts(home(), UNSEEN_CLICKS, CLICKS)).containsExactly(1L, 0L);

        at.take(shown("i", list));
        assertThat(counts(home(), UNSEEN_CLICKS, CLICKS, LISTS_CLICKED))
                .containsExactly(0L, 1L, 1L);
        assertThat(home().ofPart(partOfPosition(1), CLICKS)).isEqualTo(1);
    }

    @Test
    void theSumsDoNotDependOnTheOrderOfClickAndImpression() {
        EventFlow other = new EventFlow();
        at.take(shown("i", list), clicked("c", "milk", list), clicked("d", "tea", list));
        other.take(clicked("d", "tea", list), clicked("c", "milk", list), shown("i", list));

        assertThat(learned().outcomes().days())
                .isEqualTo(Trainer.train(Model.EMPTY, other.learned()).model().outcomes().days());
    }

    @Test
    void recordsThatAreDeliveredAgainInEveryCutGiveTheSameSums() {
        List<StreamRecord> day =
                List.of(
                        at.record(clicked("early", "tea", list)),
                        at.record(shown("i", list)),
                        at.record(clicked("c", "milk", list)),
                        at.record(bought("b", "milk")),
                        at.record(clicked("d", "milk", list)));
        String expected = sums(List.of(day));
        for (int cut = 1; cut <= day.size(); cut++) {
            List<StreamRecord> begun = day.subList(0, cut);
            List<StreamRecord> rest = day.subList(cut - 1, day.size());
            assertThat(sums(List.of(begun, day, rest))).as("cut at %d", cut).isEqualTo(expected);
        }
    }

    private static String sums(List<List<StreamRecord>> batches) {
        EventFlow flow = new EventFlow();
        batches.forEach(flow::take);
        return AdditiveParts.of(Trainer.train(Model.EMPTY, flow.learned()).model()).toString();
    }

    @Test
    void aClickAfterTheWindowIsCountedApartAndOnTheDayOfTheList() {
        ExposureToken old = list("old", ISSUED.minus(Duration.ofDays(6)));
        at.take(shown("i", old), clicked("c", "milk", old, NOW));

        assertThat(learned().outcomes().days()).hasSize(1);
        assertThat(counts(home(), LATE_CLICKS, CLICKS, LISTS_CLICKED)).containsExactly(1L, 0L, 0L);
        assertThat(day().day()).isEqualTo(ListCredits.hour(old.issuedAt()) / 24);
    }

    @Test
    void aPurchaseBelongsToTheListFromWhichItsItemWasLastClicked() {
        ExposureToken later =
                new ExposureToken(
                        "list-2", "article", List.of(), 7, ISSUED.plusSeconds(20), list.items());
        at.take(
                shown("i", list),
                clicked("c", "milk", list),
                shown("j", later),
                bought("b", "milk"));

        assertThat(home().get(CONVERSIONS)).isEqualTo(1);
        assertThat(home().revenue()).isEqualTo(Map.of("EUR", 123_400L));

        at.take(clicked("d", "milk", later, ISSUED.plusSeconds(30)), bought("b2", "milk"));
        OutcomeSums article =
                day().pairs().getOrDefault(new OutcomePair("article", ""), OutcomeSums.NONE);
        assertThat(article.get(CONVERSIONS)).isEqualTo(1);
    }

    @Test
    void aPurchaseUnderTheUsersIdBelongsToAListOfTheAnonymousIdBefore() {
        Event click = EventFlow.clicked("anon-1", "milk", "c");
        at.take(
                EventFlow.shown("anon-1", "i", ISSUED, list),
                onList(list, ISSUED.plusSeconds(5), click));
        at.take(alias("anon-1", "ann"));
        at.take(bought("b", "milk"));

        assertThat(home().get(CONVERSIONS)).isEqualTo(1);
    }

    @Test
    void whatBecomesOfAListCountsForTheSegmentThatItsUserWasIn() {
        ExposureToken before = list.ofSegment("s4");
        ExposureToken later = list("list-2", ISSUED.plusSeconds(20)).ofSegment("s5");

        at.take(
                clicked("c-1", "tea", before),
                shown("i-1", before),
                shown("i-2", later),
                clicked("c-2", "milk", before),
                bought("b", "milk"));

        OutcomeSums first =
                day().pairs().getOrDefault(OutcomePair.ofSegment("s4"), OutcomeSums.NONE);
        OutcomeSums second =
                day().pairs().getOrDefault(OutcomePair.ofSegment("s5"), OutcomeSums.NONE);
        assertThat(counts(first, LISTS, CLICKS, LISTS_CLICKED, CONVERSIONS))
                .containsExactly(1L, 2L, 1L, 1L);
        assertThat(counts(second, LISTS, CLICKS)).containsExactly(1L, 0L);
        assertThat(home().get(LISTS)).isEqualTo(2);
    }

    @Test
    void aPurchaseWithoutAClickIsUnattributed() {
        at.take(shown("i", list), bought("b", "milk"));

        assertThat(home().get(CONVERSIONS)).isZero();
        assertThat(day().unattributed().get(CONVERSIONS)).isEqualTo(1);
    }

    @Test
    void aRefundTakesTheSameCreditBackAlsoWhenAnotherListWasClickedMeanwhile() {
        ExposureToken later = list("list-2", ISSUED.plusSeconds(20));
        Event refund =
                new Event.Retraction(
                        header("ann", "refund"), EventType.PURCHASE, Target.item("milk"), "b");
        at.take(
                shown("i", list),
                clicked("c", "milk", list),
                bought("b", "milk"),
                shown("j", later),
                clicked("d", "milk", later, ISSUED.plusSeconds(30)),
                onList(null, NOW, refund));

        assertThat(home().get(CONVERSIONS)).isZero();
        assertThat(home().revenue().getOrDefault("EUR", 0L)).isZero();
        assertThat(home().get(CLICKS)).isEqualTo(2);
    }

    @Test
    void nothingOfAUserWhoRefusesAnalyticsIsInAnySum() {
        Consent refused = new Consent(true, false);
        at.take(
                stating(shown("i", list), refused),
                stating(clicked("c", "milk", list), refused),
                stating(clicked("d", "milk", null, ISSUED), refused),
                stating(bought("b", "milk"), refused));

        assertThat(at.lists.all()).isEmpty();
        assertThat(learned().outcomes().days()).isEmpty();
        assertThat(at.stored()).as("personalisation is allowed").hasSize(3);
    }

    @Test
    void anErasureRemovesTheListsAndLeavesTheSums() {
        at.take(shown("i", list), clicked("c", "milk", list));
        List<OutcomeDay> before = learned().outcomes().days();

        at.take(erased("ann", "erasure-1", NOW));

        assertThat(at.lists.all()).isEmpty();
        assertThat(at.stored()).isEmpty();
        assertThat(learned().outcomes().days()).isEqualTo(before);
    }
}
