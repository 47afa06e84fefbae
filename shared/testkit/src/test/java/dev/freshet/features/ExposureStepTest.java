package dev.freshet.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.Signer;
import dev.freshet.event.Consent;
import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventHeader.EventTimes;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Lists shown and what becomes of them, from the records of a shard to the sums of the model. */
class ExposureStepTest {
    private static final Instant ISSUED = EventFlow.NOW.minusSeconds(60);
    private static final OutcomePair HOME = new OutcomePair("home", "");
    private static final Signer SIGNER =
            new Signer("a secret of the tests".getBytes(StandardCharsets.UTF_8));

    private final EventFlow at = new EventFlow();
    private final ExposureToken list = list("list-1", ISSUED);

    private static ExposureToken list(String id, Instant issuedAt) {
        return new ExposureToken(
                id,
                "home",
                List.of(),
                7,
                issuedAt,
                List.of(
                        new ExposureToken.Shown("tea", 1, 1),
                        new ExposureToken.Shown("milk", 1, 3),
                        new ExposureToken.Shown("salt", 0.25, 4)));
    }

    private static EventHeader header(
            String user, String eventId, Instant when, @Nullable ExposureToken token) {
        EventHeader plain = EventFlow.header(user, eventId, when, null, null);
        return new EventHeader(
                plain.eventId(),
                plain.user(),
                plain.sessionId(),
                new EventTimes(when, when, plain.receivedAt()),
                token == null ? null : token.sign(SIGNER),
                plain.context(),
                null,
                Map.of(),
                null,
                null);
    }

    private static Event shown(String eventId, ExposureToken token) {
        return new Event.Impression(header("ann", eventId, ISSUED, token), "home", token.itemIds());
    }

    private static Event clicked(String eventId, String item, ExposureToken token) {
        return clicked(eventId, item, token, ISSUED.plusSeconds(10));
    }

    private static Event clicked(
            String eventId, String item, @Nullable ExposureToken token, Instant when) {
        return new Event.Interaction(
                header("ann", eventId, when, token),
                EventType.CLICK,
                Target.item(item),
                Value.NONE);
    }

    private static Event bought(String eventId, String item, @Nullable ExposureToken token) {
        return new Event.Interaction(
                header("ann", eventId, EventFlow.NOW, token),
                EventType.PURCHASE,
                Target.item(item),
                Value.money(12.34, "EUR"));
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
        at.take(at.record(shown("i", list)), at.record(clicked("c", "milk", list)));

        assertThat(home().get(OutcomeCount.LISTS)).isEqualTo(1);
        assertThat(home().get(OutcomeCount.PLACES)).isEqualTo(3);
        assertThat(home().get(OutcomeCount.EXPLORED)).isEqualTo(1);
        assertThat(home().get(OutcomeCount.LISTS_CLICKED)).isEqualTo(1);
        assertThat(home().get(OutcomeCount.CLICKS)).isEqualTo(1);
        assertThat(home().get(OutcomeCount.UNSEEN_CLICKS)).isZero();
        assertThat(home().ofPart(OutcomeSums.partOfPosition(1), OutcomeCount.CLICKS)).isEqualTo(1);
        assertThat(home().ofPart(OutcomeSums.partOfSource(0), OutcomeCount.PLACES)).isEqualTo(2);
        assertThat(home().ofPart(OutcomeSums.partOfSource(1), OutcomeCount.CLICKS)).isEqualTo(1);
        assertThat(home().ofPart(OutcomeSums.partOfSource(2), OutcomeCount.CLICKS)).isZero();
    }

    @Test
    void aLaterPageIsAListWhosePositionsGoOn() {
        ExposureToken later =
                new ExposureToken(
                        "list-2",
                        "home",
                        List.of(),
                        List.of(),
                        null,
                        7,
                        ISSUED,
                        3,
                        List.of(
                                new ExposureToken.Shown("bread", 1, 1),
                                new ExposureToken.Shown("jam", 1, 1)));

        at.take(
                at.record(shown("i", list)),
                at.record(shown("j", later)),
                at.record(clicked("c", "jam", later)),
                at.record(bought("b", "jam", null)));

        assertThat(home().get(OutcomeCount.LISTS)).isEqualTo(2);
        assertThat(home().get(OutcomeCount.PLACES)).isEqualTo(5);
        assertThat(home().ofPart(OutcomeSums.partOfPosition(0), OutcomeCount.PLACES)).isEqualTo(1);
        assertThat(home().ofPart(OutcomeSums.partOfPosition(3), OutcomeCount.PLACES)).isEqualTo(1);
        assertThat(home().ofPart(OutcomeSums.partOfPosition(4), OutcomeCount.CLICKS)).isEqualTo(1);
        assertThat(home().ofPart(OutcomeSums.partOfPosition(4), OutcomeCount.CONVERSIONS))
                .isEqualTo(1);
        assertThat(home().ofPart(OutcomeSums.partOfPosition(1), OutcomeCount.CLICKS)).isZero();
        assertThat(at.timesShown("ann", "jam")).isEqualTo(1);
    }

    @Test
    void aSecondClickIsAClickAndNotAnotherListClicked() {
        at.take(
                at.record(shown("i", list)),
                at.record(clicked("c", "milk", list)),
                at.record(clicked("d", "tea", list)));

        assertThat(home().get(OutcomeCount.CLICKS)).isEqualTo(2);
        assertThat(home().get(OutcomeCount.LISTS_CLICKED)).isEqualTo(1);
    }

    @Test
    void aListShownTwiceIsOneList() {
        at.take(at.record(shown("i", list)), at.record(shown("again", list)));

        assertThat(home().get(OutcomeCount.LISTS)).isEqualTo(1);
        assertThat(at.timesShown("ann", "tea")).isEqualTo(1);
    }

    @Test
    void aClickBeforeItsImpressionIsUnseenUntilTheImpressionArrives() {
        at.take(at.record(clicked("c", "milk", list)));
        assertThat(home().get(OutcomeCount.UNSEEN_CLICKS)).isEqualTo(1);
        assertThat(home().get(OutcomeCount.CLICKS)).isZero();

        at.take(at.record(shown("i", list)));
        assertThat(home().get(OutcomeCount.UNSEEN_CLICKS)).isZero();
        assertThat(home().get(OutcomeCount.CLICKS)).isEqualTo(1);
        assertThat(home().get(OutcomeCount.LISTS_CLICKED)).isEqualTo(1);
        assertThat(home().ofPart(OutcomeSums.partOfPosition(1), OutcomeCount.CLICKS)).isEqualTo(1);
    }

    @Test
    void theSumsDoNotDependOnTheOrderOfClickAndImpression() {
        EventFlow other = new EventFlow();
        at.take(
                at.record(shown("i", list)),
                at.record(clicked("c", "milk", list)),
                at.record(clicked("d", "tea", list)));
        other.take(
                other.record(clicked("d", "tea", list)),
                other.record(clicked("c", "milk", list)),
                other.record(shown("i", list)));

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
                        at.record(bought("b", "milk", null)),
                        at.record(clicked("d", "milk", list)));
        EventFlow once = new EventFlow();
        once.take(day);
        String expected =
                AdditiveParts.of(Trainer.train(Model.EMPTY, once.learned()).model()).toString();

        for (int cut = 1; cut <= day.size(); cut++) {
            EventFlow twice = new EventFlow();
            twice.take(day.subList(0, cut));
            twice.take(day);
            twice.take(day.subList(cut - 1, day.size()));
            assertThat(
                            AdditiveParts.of(Trainer.train(Model.EMPTY, twice.learned()).model())
                                    .toString())
                    .as("cut at %d", cut)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aClickAfterTheWindowIsCountedApartAndOnTheDayOfTheList() {
        ExposureToken old = list("old", ISSUED.minus(Duration.ofDays(6)));
        at.take(at.record(shown("i", old)), at.record(clicked("c", "milk", old, EventFlow.NOW)));

        assertThat(learned().outcomes().days()).hasSize(1);
        assertThat(home().get(OutcomeCount.LATE_CLICKS)).isEqualTo(1);
        assertThat(home().get(OutcomeCount.CLICKS)).isZero();
        assertThat(home().get(OutcomeCount.LISTS_CLICKED)).isZero();
        assertThat(day().day()).isEqualTo(ListCredits.hour(old.issuedAt()) / 24);
    }

    @Test
    void aPurchaseBelongsToTheListFromWhichItsItemWasLastClicked() {
        ExposureToken later =
                new ExposureToken(
                        "list-2", "article", List.of(), 7, ISSUED.plusSeconds(20), list.items());
        at.take(
                at.record(shown("i", list)),
                at.record(clicked("c", "milk", list)),
                at.record(shown("j", later)),
                at.record(bought("b", "milk", null)));

        assertThat(home().get(OutcomeCount.CONVERSIONS)).isEqualTo(1);
        assertThat(home().revenue()).isEqualTo(Map.of("EUR", 123_400L));

        at.take(
                at.record(clicked("d", "milk", later, ISSUED.plusSeconds(30))),
                at.record(bought("b2", "milk", null)));
        OutcomeSums article =
                day().pairs().getOrDefault(new OutcomePair("article", ""), OutcomeSums.NONE);
        assertThat(article.get(OutcomeCount.CONVERSIONS)).isEqualTo(1);
    }

    @Test
    void aPurchaseUnderTheUsersIdBelongsToAListOfTheAnonymousIdBefore() {
        at.take(
                at.record(
                        new Event.Impression(
                                header("anon-1", "i", ISSUED, list), "home", list.itemIds())),
                at.record(
                        new Event.Interaction(
                                header("anon-1", "c", ISSUED.plusSeconds(5), list),
                                EventType.CLICK,
                                Target.item("milk"),
                                Value.NONE)));
        at.take(at.record(EventFlow.alias("anon-1", "ann")));
        at.take(at.record(bought("b", "milk", null)));

        assertThat(home().get(OutcomeCount.CONVERSIONS)).isEqualTo(1);
    }

    @Test
    void whatBecomesOfAListCountsForTheSegmentThatItsUserWasIn() {
        ExposureToken before = list.ofSegment("s4");
        ExposureToken later = list("list-2", ISSUED.plusSeconds(20)).ofSegment("s5");

        at.take(
                at.record(clicked("c-1", "tea", before)),
                at.record(shown("i-1", before)),
                at.record(shown("i-2", later)),
                at.record(clicked("c-2", "milk", before)),
                at.record(bought("b", "milk", null)));

        OutcomeSums first =
                day().pairs().getOrDefault(OutcomePair.ofSegment("s4"), OutcomeSums.NONE);
        OutcomeSums second =
                day().pairs().getOrDefault(OutcomePair.ofSegment("s5"), OutcomeSums.NONE);
        assertThat(first.get(OutcomeCount.LISTS)).isEqualTo(1);
        assertThat(first.get(OutcomeCount.CLICKS)).isEqualTo(2);
        assertThat(first.get(OutcomeCount.LISTS_CLICKED)).isEqualTo(1);
        assertThat(first.get(OutcomeCount.CONVERSIONS)).isEqualTo(1);
        assertThat(second.get(OutcomeCount.LISTS)).isEqualTo(1);
        assertThat(second.get(OutcomeCount.CLICKS)).isZero();
        assertThat(home().get(OutcomeCount.LISTS)).isEqualTo(2);
    }

    @Test
    void aPurchaseWithoutAClickIsUnattributed() {
        at.take(at.record(shown("i", list)), at.record(bought("b", "milk", null)));

        assertThat(home().get(OutcomeCount.CONVERSIONS)).isZero();
        assertThat(day().unattributed().get(OutcomeCount.CONVERSIONS)).isEqualTo(1);
    }

    @Test
    void aRefundTakesTheSameCreditBackAlsoWhenAnotherListWasClickedMeanwhile() {
        ExposureToken later = list("list-2", ISSUED.plusSeconds(20));
        at.take(
                at.record(shown("i", list)),
                at.record(clicked("c", "milk", list)),
                at.record(bought("b", "milk", null)),
                at.record(shown("j", later)),
                at.record(clicked("d", "milk", later, ISSUED.plusSeconds(30))),
                at.record(
                        new Event.Retraction(
                                header("ann", "refund", EventFlow.NOW, null),
                                EventType.PURCHASE,
                                Target.item("milk"),
                                "b")));

        assertThat(home().get(OutcomeCount.CONVERSIONS)).isZero();
        assertThat(home().revenue().getOrDefault("EUR", 0L)).isZero();
        assertThat(home().get(OutcomeCount.CLICKS)).isEqualTo(2);
    }

    @Test
    void nothingOfAUserWhoRefusesAnalyticsIsInAnySum() {
        for (Event event :
                List.of(
                        shown("i", list),
                        clicked("c", "milk", list),
                        clicked("d", "milk", null, ISSUED),
                        bought("b", "milk", null))) {
            at.take(at.record(refusing(event)));
        }

        assertThat(at.lists.all()).isEmpty();
        assertThat(learned().outcomes().days()).isEmpty();
        assertThat(at.stored()).as("personalisation is allowed").hasSize(3);
    }

    private static Event refusing(Event event) {
        EventHeader h = event.header();
        EventHeader refusing =
                new EventHeader(
                        h.eventId(),
                        h.user(),
                        h.sessionId(),
                        h.times(),
                        h.exposure(),
                        h.context(),
                        new Consent(true, false),
                        h.properties(),
                        null,
                        null);
        return switch (event) {
            case Event.Interaction act ->
                    new Event.Interaction(refusing, act.type(), act.target(), act.value());
            case Event.Impression seen ->
                    new Event.Impression(refusing, seen.placement(), seen.itemIds());
            default -> throw new IllegalArgumentException("not in these tests");
        };
    }

    @Test
    void anErasureRemovesTheListsAndLeavesTheSums() {
        at.take(at.record(shown("i", list)), at.record(clicked("c", "milk", list)));
        List<OutcomeDay> before = learned().outcomes().days();

        at.take(at.record(EventFlow.erased("ann", "erasure-1", EventFlow.NOW)));

        assertThat(at.lists.all()).isEmpty();
        assertThat(at.stored()).isEmpty();
        assertThat(learned().outcomes().days()).isEqualTo(before);
    }
}
