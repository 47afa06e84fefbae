package dev.freshet.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.ExposureTokens;
import dev.freshet.event.Context;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.ingest.EventReader;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExampleFactoryTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private final ExampleFactory factory = new ExampleFactory(id -> new Pseudonym(id.hashCode()));

    private static StoredInteraction click(String itemId, Instant at) {
        return new StoredInteraction(
                "ana",
                "e1",
                new EventTimes(at, at, NOON),
                new StoredInteraction.Act(EventType.CLICK, Target.item(itemId), 1, 0, null),
                null,
                Context.UNKNOWN,
                new ShardPosition("s", BigInteger.ONE),
                null,
                Map.of());
    }

    private static ExposureToken token(List<String> itemIds) {
        return ExposureTokens.list("r1", "", NOON, itemIds);
    }

    @Test
    void aClickThatAnswersAListKnowsTheList() {
        List<String> list = List.of("a", "b", "c");
        assertThat(ExampleFactory.listed(token(list), Target.item("b"))).isEqualTo(list);
    }

    @Test
    void aClickOnALaterPageKnowsWhereInTheListItWas() {
        assertThat(ExampleFactory.listed(laterPage(2, "a", "b"), Target.item("b")))
                .containsExactly("", "", "a", "b");
        assertThat(ExampleFactory.listed(laterPage(30, "a", "b"), Target.item("b"))).isEmpty();
    }

    private static ExposureToken laterPage(int first, String... itemIds) {
        return ExposureTokens.page("r1", "", NOON, first, List.of(itemIds));
    }

    @ParameterizedTest(name = "what happened {0} s before it was sent was received {1} s before")
    @CsvSource({"604800, 0", "604801, 604801"})
    void aLateEventIsReceivedWhenItArrivesAndOneOfAnImportedHistoryWhenItHappened(
            long late, long received) {
        assertThat(EventReader.MAX_AGE).hasSeconds(604_800);
        Example.Interaction learned =
                factory.interaction(click("b", NOON.minusSeconds(late)), Example.Standing.NONE);

        assertThat(learned.at()).isEqualTo(NOON.minusSeconds(late));
        assertThat(learned.receivedAt()).isEqualTo(NOON.minusSeconds(received));
    }

    @Test
    void ofALongListTheTopIsKeptAndNothingWhereTheClickWasFurtherDown() {
        List<String> ids = IntStream.range(0, 30).mapToObj(i -> "item-" + i).toList();
        assertThat(ExampleFactory.listed(token(ids), Target.item("item-19")))
                .isEqualTo(ids.subList(0, 20));
        assertThat(ExampleFactory.listed(token(ids), Target.item("item-20"))).isEmpty();
    }

    @Test
    void withoutATokenOrWithOneOfAnotherListNoListIsKnown() {
        assertThat(ExampleFactory.listed(null, Target.item("b"))).isEmpty();
        assertThat(ExampleFactory.listed(token(List.of("x")), Target.item("b"))).isEmpty();
    }
}
