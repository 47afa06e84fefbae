package dev.freshet.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.Signer;
import dev.freshet.event.Context;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.ingest.EventReader;
import dev.freshet.testkit.Site;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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

    private static String token(List<String> itemIds) {
        Signer signer = Site.SIGNER.derive(Signer.EXPOSURE);
        return new ExposureToken(
                        "r1",
                        "",
                        List.of(),
                        1,
                        NOON,
                        itemIds.stream().map(id -> new ExposureToken.Shown(id, 1, 1)).toList())
                .sign(signer);
    }

    @Test
    void aClickThatAnswersAListKnowsTheList() {
        List<String> list = List.of("a", "b", "c");
        assertThat(ExampleFactory.listOf(token(list), Target.item("b"))).isEqualTo(list);
    }

    @Test
    void aClickOnALaterPageKnowsWhereInTheListItWas() {
        assertThat(ExampleFactory.listOf(laterPage(2, "a", "b"), Target.item("b")))
                .containsExactly("", "", "a", "b");
        assertThat(ExampleFactory.listOf(laterPage(30, "a", "b"), Target.item("b"))).isEmpty();
    }

    private static String laterPage(int first, String... itemIds) {
        return new ExposureToken(
                        "r1",
                        "",
                        List.of(),
                        List.of(),
                        null,
                        1,
                        NOON,
                        first,
                        Stream.of(itemIds).map(id -> new ExposureToken.Shown(id, 1, 1)).toList())
                .sign(Site.SIGNER.derive(Signer.EXPOSURE));
    }

    @Test
    void aLateEventIsReceivedWhenItArrives() {
        Instant longAgo = NOON.minus(EventReader.MAX_AGE);
        assertThat(factory.interaction(click("b", longAgo), Example.Standing.NONE).at())
                .isEqualTo(longAgo);
        assertThat(factory.interaction(click("b", longAgo), Example.Standing.NONE).receivedAt())
                .isEqualTo(NOON);
    }

    @Test
    void anEventOfAnImportedHistoryIsReceivedWhenItHappened() {
        Instant longAgo = NOON.minus(EventReader.MAX_AGE).minusSeconds(1);
        assertThat(factory.interaction(click("b", longAgo), Example.Standing.NONE).receivedAt())
                .isEqualTo(longAgo);
    }

    @Test
    void ofALongListTheTopIsKeptAndNothingWhereTheClickWasFurtherDown() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add("item-" + i);
        }
        assertThat(ExampleFactory.listOf(token(ids), Target.item("item-19")))
                .isEqualTo(ids.subList(0, 20));
        assertThat(ExampleFactory.listOf(token(ids), Target.item("item-20"))).isEmpty();
    }

    @Test
    void withoutATokenOrWithOneOfAnotherListNoListIsKnown() {
        assertThat(ExampleFactory.listOf(null, Target.item("b"))).isEmpty();
        assertThat(ExampleFactory.listOf(token(List.of("x")), Target.item("b"))).isEmpty();
        assertThat(ExampleFactory.listOf("no token", Target.item("b"))).isEmpty();
    }
}
