package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freshet.access.ExposureTokens;
import dev.freshet.access.SealedExposure;
import dev.freshet.access.Signer;
import dev.freshet.event.EventCodec.EventSchemas;
import dev.freshet.event.EventCodec.UnreadableEventException;
import dev.freshet.event.EventCodec.UnreadableEventException.Reason;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType.ValueKind;
import dev.freshet.model.Components;
import dev.freshet.testkit.Bodies;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {
    /** What the first version wrote for {@link #like}; never to be made anew. */
    private static final String LIKE_AS_FIRST_WRITTEN =
            "c301a756243d6716fe5a06652d32000208616e6f6e00ff93ebdc030000000000000000000000000000000000086c696b65086974656d02690000";

    private static final SealedExposure EXPOSURE =
            ExposureTokens.sealed(
                    ExposureTokens.list("r", "home", Instant.EPOCH, List.of("a", "b")),
                    new Signer(Bodies.utf8("secret")));

    private static final EventHeader FULL =
            new EventHeader(
                    "e-1",
                    new UserIdentity("user", "anon"),
                    "session",
                    new EventTimes(
                            Instant.parse("2026-02-28T10:00:00.123456789Z"),
                            Instant.parse("2026-02-28T10:00:01Z"),
                            Instant.parse("2026-02-28T10:00:02Z")),
                    EXPOSURE,
                    new Context("mobile", "iOS", "Safari", "pt-BR", "BR", "SP", "/a", "/b", 23),
                    new Consent(false, true),
                    Map.of("k", "v", "\u00e9", "\ud83d\ude00"),
                    new ShardPosition(
                            "events/shardId-000000000001", new BigInteger("9".repeat(56))),
                    new TraceId("4bf92f3577b34da6a3ce929d0e0e4736"));

    private static final EventHeader BARE =
            Components.with(
                    EventHeader.of("e-2", UserIdentity.anonymous("anon"), Instant.EPOCH),
                    "times",
                    new EventTimes(
                            Instant.parse("1969-12-31T23:59:59.5Z"), Instant.EPOCH, Instant.EPOCH));

    private final EventCodec codec = new EventCodec();

    static Event like() {
        return new Event.Interaction(BARE, EventType.LIKE, Target.item("i"), Value.NONE);
    }

    static Stream<Event> events() {
        return Stream.of(
                like(),
                new Event.Interaction(FULL, EventType.VIEW, Target.NONE, Value.NONE),
                new Event.Interaction(
                        FULL, EventType.FOLLOW, new Target(Target.Kind.AUTHOR, "a"), Value.NONE),
                new Event.Interaction(
                        FULL, EventType.RATING, Target.item("i"), Value.of(ValueKind.STARS, 4.5)),
                new Event.Interaction(
                        BARE, EventType.DWELL, Target.item("i"), Value.of(ValueKind.SECONDS, 12)),
                new Event.Interaction(
                        BARE, EventType.PLAY, Target.item("i"), Value.of(ValueKind.PERCENT, 99)),
                new Event.Interaction(
                        BARE, EventType.PURCHASE, Target.item("i"), Value.money(9.99, "EUR")),
                new Event.Impression(FULL, "home", List.of("a", "b")),
                new Event.Impression(BARE, null, List.of()),
                new Event.Retraction(FULL, EventType.LIKE, Target.item("i"), "e-0"),
                new Event.Alias(BARE, "anon", "user"),
                new Event.Erasure(BARE, "anon"));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventComesBackAsItWent(Event event) {
        assertThat(codec.decode(codec.encode(event))).isEqualTo(event);
    }

    @Test
    void bytesBeginWithTheSingleObjectMarker() {
        assertThat(Arrays.copyOf(codec.encode(like()), 2)).containsExactly(0xC3, 0x01);
    }

    @Test
    void readsWhatTheFirstVersionWrote() {
        assertThat(codec.decode(HexFormat.of().parseHex(LIKE_AS_FIRST_WRITTEN))).isEqualTo(like());
    }

    /** The next schema adds a field to the record and a kind of event. */
    @ParameterizedTest
    @MethodSource("events")
    void aUserOfTheNextSchemaReadsThePresentBytes(Event event) {
        Schema next = EventSchemas.read("event-next.avsc");
        EventCodec later =
                new EventCodec(EventSchemas.of(List.of(EventSchemas.packed().latest(), next)));

        assertThat(later.decode(codec.encode(event))).isEqualTo(event);
        assertThat(later.decode(later.encode(event))).isEqualTo(event);
        assertThat(reason(codec, later.encode(event))).isEqualTo(Reason.UNKNOWN_SCHEMA);
    }

    @Test
    void aTypeOfALaterVersionBreaksARuleAndNamesItself() {
        byte[] bytes = codec.encode(like());
        int at = indexOf(bytes, Bodies.utf8("like"));
        System.arraycopy(Bodies.utf8("nods"), 0, bytes, at, 4);

        UnreadableEventException thrown =
                catchThrowableOfType(UnreadableEventException.class, () -> codec.decode(bytes));

        assertThat(thrown.reason()).isEqualTo(Reason.BREAKS_A_RULE);
        assertThat(thrown).hasMessageContaining("nods");
    }

    @Test
    void anEventWithATokenThatThisVersionCannotReadIsOneWithoutAList() {
        SealedExposure later =
                new SealedExposure("_w" + EXPOSURE.text().substring(2), EXPOSURE.list());
        EventHeader header = Components.with(FULL, "exposure", later);
        Event event = new Event.Interaction(header, EventType.VIEW, Target.NONE, Value.NONE);

        assertThat(codec.decode(codec.encode(event))).isEqualTo(event.withoutExposure());
    }

    @Test
    void garbageIsNoEvent() {
        assertThat(reason(codec, new byte[0])).isEqualTo(Reason.NOT_AN_EVENT);
        assertThat(reason(codec, Bodies.utf8("{\"eventId\": \"e-1\"}")))
                .isEqualTo(Reason.NOT_AN_EVENT);
    }

    @Test
    void cutShortOrTooLongIsDamaged() {
        byte[] bytes = codec.encode(like());

        for (int length = 10; length < bytes.length; length++) {
            assertThat(reason(codec, Arrays.copyOf(bytes, length))).isEqualTo(Reason.DAMAGED);
        }
        assertThat(reason(codec, Arrays.copyOf(bytes, bytes.length + 1))).isEqualTo(Reason.DAMAGED);
        assertThat(reason(codec, Arrays.copyOf(bytes, 50_000))).isEqualTo(Reason.DAMAGED);
    }

    @Test
    void aLengthBeyondTheBytesIsDamagedAndTakesNoMemory() {
        byte[] bytes = codec.encode(like());
        byte[] hostile = Arrays.copyOf(bytes, 20);
        Arrays.fill(hostile, 10, 14, (byte) 0xFE);
        hostile[14] = 0x0E;

        assertThat(reason(codec, hostile)).isEqualTo(Reason.DAMAGED);
    }

    @Test
    void noDamageBreaksTheUser() {
        SplittableRandom random = new SplittableRandom(7);
        byte[] bytes = codec.encode(events().skip(3).findFirst().orElseThrow());
        for (int round = 0; round < 3_000; round++) {
            byte[] damaged = bytes.clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                damaged[10 + random.nextInt(damaged.length - 10)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(codec.decode(damaged)).isNotNull();
            } catch (UnreadableEventException refused) {
                assertThat(refused.reason()).isIn(Reason.DAMAGED, Reason.BREAKS_A_RULE);
            }
        }
    }

    private static Reason reason(EventCodec codec, byte[] bytes) {
        return catchThrowableOfType(UnreadableEventException.class, () -> codec.decode(bytes))
                .reason();
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not in there");
    }
}
