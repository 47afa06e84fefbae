package dev.freshet.testkit.fuzz;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.ExposureTokens;
import dev.freshet.access.Signer;
import dev.freshet.event.Event;
import dev.freshet.event.EventCodec;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.ingest.EventReader;
import dev.freshet.ingest.EventRule;
import dev.freshet.ingest.RateLimit;
import dev.freshet.ingest.ReceiptContext;
import dev.freshet.ingest.Submission;
import dev.freshet.ingest.UserAgents;
import dev.freshet.ingest.UserAgents.AgentQuota;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.testkit.Bodies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The body of {@code POST /v1/events}; what is taken must come back from the stream the same. */
public final class EventsTarget implements FuzzTarget {
    private static final UserAgents AGENTS = new UserAgents();
    private static final EventTypes TYPES =
            EventTypes.parse(
                    "{\"try-on\":{\"slot\":3,\"value\":\"seconds\",\"strength\":1},\"gift\":{\"slot\":9,\"value\":\"money\",\"strength\":2},\"odd\":{\"slot\":16,\"value\":\"number\",\"strength\":-1,\"target\":\"optional\"}}");

    private final Signer signer = new Signer(Bodies.utf8("a secret"));
    private final EventCodec codec = new EventCodec();

    @Override
    public String name() {
        return "event validator";
    }

    @Override
    public int maxLength() {
        return 8_192;
    }

    @Override
    public List<byte[]> seeds() {
        ExposureToken token =
                ExposureTokens.list(
                        "rec-1", "home", Bodies.NOW.minusSeconds(90), List.of("item-1"));
        List<String> bodies =
                List.of(
                        Bodies.of(Bodies.click("e-1")),
                        Bodies.of(Bodies.click("e-1"), Bodies.click("e-2"), "5", "{}"),
                        Bodies.of(Bodies.click("e-1").put("exposure", token.sign(signer))),
                        Bodies.of(
                                Bodies.click("e-1").put("type", "try-on").put("value", 4.5),
                                Bodies.click("e-2").put("type", "odd").put("value", 7),
                                Bodies.click("e-3").put("type", "gift")),
                        "{\"sentAt\":\"2026-03-01T12:00:00Z\",\"events\":[{\"eventId\":\"a\",\"type\":\"rating\",\"anonymousId\":\"b\",\"target\":{\"kind\":\"item\",\"id\":\"c\"},\"value\":{\"stars\":4.5},\"occurredAt\":\"2026-03-01T11:59:00+01:00\",\"sentAt\":\"2026-03-01T12:00:00Z\",\"sessionId\":\"s\",\"context\":{\"device\":\"tv\",\"country\":\"br\",\"locale\":\"pt-BR\",\"page\":\"https://a:b@c/d?e#f\",\"localHour\":23},\"properties\":{\"a\":\"b\",\"n\":1},\"consent\":{\"personalisation\":true,\"analytics\":false}}]}",
                        "{\"events\":[{\"eventId\":\"a\",\"type\":\"impression\",\"userId\":\"u\",\"items\":[\"a\",\"b\"],\"placement\":\"home\",\"occurredAt\":\"2026-03-01T11:59:00Z\"},{\"eventId\":\"r\",\"type\":\"like\",\"userId\":\"u\",\"itemId\":\"a\",\"retracts\":\"a\",\"occurredAt\":\"2026-03-01T11:59:00Z\"},{\"eventId\":\"p\",\"type\":\"purchase\",\"userId\":\"u\",\"itemId\":\"a\",\"value\":{\"amount\":3.5,\"currency\":\"EUR\"},\"occurredAt\":\"2026-03-01T11:59:00Z\"}]}");
        return bodies.stream().map(Bodies::utf8).toList();
    }

    @Override
    public List<String> words() {
        List<String> words = new ArrayList<>();
        Arrays.stream(EventType.values()).map(EventType::wireName).forEach(words::add);
        TYPES.all().stream().map(TYPES::nameOf).forEach(words::add);
        words.addAll(
                List.of(
                        "\"retracts\":\"x\"",
                        "\"value\":{\"stars\":NaN}",
                        "\"value\":{\"seconds\":1e308}",
                        "\"exposure\":\"a.b\"",
                        "\"context\":{\"country\":\"ie\"}",
                        "\"properties\":{\"a\":1}",
                        "\"occurredAt\":\"+1000000000-12-31T23:59:59.999999999Z\"",
                        "\"sentAt\":\"-1000000000-01-01T00:00:00Z\"",
                        "\"context\":{\"userAgent\":\"Mozilla/5.0 (X11; Linux x86_64)\"}",
                        "\"target\":{\"kind\":\"none\"}"));
        return words;
    }

    @Override
    public void take(byte[] input) {
        EventReader reader =
                new EventReader(
                        () -> signer, AGENTS, new RateLimit(), UnaryOperator.identity(), TYPES);
        Submission submission;
        try {
            submission = Submission.open(input);
        } catch (MalformedJsonException refused) {
            return;
        }
        for (Submission.Part part : submission.parts()) {
            switch (reader.read(
                    part, submission.sentAt(), ReceiptContext.at(Bodies.NOW), new AgentQuota())) {
                case EventReader.Reading.Accepted taken -> same(taken.event());
                case EventReader.Reading.Rejected refused -> known(refused.rejection().code());
            }
        }
    }

    private void same(Event event) {
        if (!codec.decode(codec.encode(event)).equals(event)) {
            throw new IllegalStateException("another event came back than was put");
        }
    }

    private static void known(String code) {
        if (Arrays.stream(EventRule.values()).noneMatch(rule -> rule.code().equals(code))) {
            throw new IllegalStateException("no rule has the code " + code);
        }
    }
}
