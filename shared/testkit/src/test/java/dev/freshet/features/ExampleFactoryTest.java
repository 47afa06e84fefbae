package dev.freshet.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.Signer;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Pseudonym;
import dev.freshet.ingest.EventReader;
import dev.freshet.testkit.Site;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ExampleFactoryTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private final ExampleFactory factory = new ExampleFactory(id -> new Pseudonym(id.hashCode()));

    private static StoredInteraction click(String itemId) {
        return click(itemId, NOON);
    }

    private static StoredInteraction click(String itemId, Instant at) {
        return new StoredInteraction(
                "ana",
                "e1",
                at,
                at,
                NOON,
                EventType.CLICK,
                Target.item(itemId),
                1,
                null,
                Context.UNKNOWN,
                null,
                new ShardPosition("s", BigInteger.ONE));
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
        assertThat(factory.interaction(click("b"), token(list)).list()).isEqualTo(list);
    }

    @Test
    void aClickOnALaterPageKnowsWhereInTheListItWas() {
        assertThat(factory.interaction(click("b"), laterPage(2, "a", "b")).list())
                .containsExactly("", "", "a", "b");
        assertThat(factory.interaction(click("b"), laterPage(30, "a", "b")).list()).isEmpty();
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
        assertThat(factory.interaction(click("b", longAgo)).at()).isEqualTo(longAgo);
        assertThat(factory.interaction(click("b", longAgo)).receivedAt()).isEqualTo(NOON);
    }

    @Test
    void anEventOfAnImportedHistoryIsReceivedWhenItHappened() {
        Instant longAgo = NOON.minus(EventReader.MAX_AGE).minusSeconds(1);
        assertThat(factory.interaction(click("b", longAgo)).receivedAt()).isEqualTo(longAgo);
    }

    @Test
    void ofALongListTheTopIsKeptAndNothingWhereTheClickWasFurtherDown() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            ids.add("item-" + i);
        }
        assertThat(factory.interaction(click("item-19"), token(ids)).list())
                .isEqualTo(ids.subList(0, 20));
        assertThat(factory.interaction(click("item-20"), token(ids)).list()).isEmpty();
    }

    @Test
    void withoutATokenOrWithOneOfAnotherListNoListIsKnown() {
        assertThat(factory.interaction(click("b"), null).list()).isEmpty();
        assertThat(factory.interaction(click("b"), token(List.of("x"))).list()).isEmpty();
        assertThat(factory.interaction(click("b"), "no token").list()).isEmpty();
    }
}
