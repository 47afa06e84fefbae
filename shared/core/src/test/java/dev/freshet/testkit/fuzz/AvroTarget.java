package dev.freshet.testkit.fuzz;

import dev.freshet.access.ExposureTokens;
import dev.freshet.access.Signer;
import dev.freshet.event.Consent;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventCodec.UnreadableEventException;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.EventType.ValueKind;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.event.TraceId;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.ingest.ReceiptContext;
import dev.freshet.testkit.Bodies;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A record of the {@code events} stream; what is read must be written and read the same. */
public final class AvroTarget implements FuzzTarget {
    /** What the first version of the schema wrote. */
    private static final String FIRST_VERSION =
            "c301a756243d6716fe5a06652d32000208616e6f6e00ff93ebdc030000000000000000000000000000000000086c696b65086974656d02690000";

    private final EventCodec codec = new EventCodec();

    @Override
    public String name() {
        return "Avro reader";
    }

    @Override
    public List<byte[]> seeds() {
        EventHeader full =
                new EventHeader(
                        "e-1",
                        new UserIdentity("user", "anon"),
                        "session",
                        new EventTimes(
                                Bodies.NOW, Bodies.NOW, ReceiptContext.at(Bodies.NOW).receivedAt()),
                        ExposureTokens.sealed(
                                ExposureTokens.list("r", "home", Bodies.NOW, List.of("a", "b")),
                                new Signer(Bodies.utf8("secret"))),
                        new Context("mobile", "iOS", "Safari", "pt-BR", "BR", "SP", "/a", "/b", 23),
                        new Consent(false, true),
                        Map.of("k", "v"),
                        new ShardPosition("events/shardId-1", new BigInteger("9".repeat(56))),
                        new TraceId("4bf92f3577b34da6a3ce929d0e0e4736"));
        List<Event> events =
                List.of(
                        new Event.Interaction(
                                full,
                                EventType.RATING,
                                Target.item("i"),
                                Value.of(ValueKind.STARS, 4.5)),
                        new Event.Interaction(
                                full,
                                EventType.PURCHASE,
                                Target.item("i"),
                                Value.money(9.99, "EUR")),
                        new Event.Impression(full, "home", List.of("a", "b")),
                        new Event.Retraction(full, EventType.LIKE, Target.item("i"), "e-0"),
                        new Event.Alias(full, "anon", "user"),
                        new Event.Erasure(full, "anon"));
        List<byte[]> seeds = new ArrayList<>(events.stream().map(codec::encode).toList());
        seeds.add(HexFormat.of().parseHex(FIRST_VERSION));
        return seeds;
    }

    @Override
    public void take(byte[] input) {
        Event event;
        try {
            event = codec.decode(input);
        } catch (UnreadableEventException refused) {
            return;
        }
        if (!codec.decode(codec.encode(event)).equals(event)) {
            throw new IllegalStateException("another event came back than was read");
        }
    }
}
