package dev.freshet.bench.input;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.Signer;
import dev.freshet.event.EventTypes;
import dev.freshet.ingest.EventReader;
import dev.freshet.ingest.RateLimit;
import dev.freshet.ingest.ReceiptContext;
import dev.freshet.ingest.Submission;
import dev.freshet.ingest.UserAgents;
import dev.freshet.ingest.UserAgents.AgentQuota;
import dev.freshet.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.function.UnaryOperator;

/**
 * A request whose events each name another user agent: processor time from the bytes of the request
 * to the checked events.
 */
public final class UserAgentCost {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
    private static final int LENGTH = 512;

    private final EventReader reader =
            new EventReader(
                    () -> new Signer(new byte[] {1}),
                    new UserAgents(),
                    new RateLimit(),
                    UnaryOperator.identity(),
                    EventTypes.BUILT_IN);
    private int sent;

    /** A form of user agents of 512 characters, each with a number that makes it unique. */
    public enum Form {
        /** One character, repeated: no pattern matches, so all are tried. */
        UNKNOWN("%d " + "x".repeat(LENGTH)),
        /** A browser's own text, with an appendix. */
        BROWSER(
                "Mozilla/5.0 (Linux; Android 14; Pixel %d) AppleWebKit/537.36 (KHTML, like Gecko)"
                        + " Chrome/125.0.0.0 Mobile Safari/537.36 "
                        + "x".repeat(LENGTH)),
        /** Beginnings of patterns, repeated: patterns are tried from many places. */
        BEGINNINGS("%d Mozilla Android iPhone" + " Mozilla; Mobile;".repeat(LENGTH));

        private final String text;

        Form(String text) {
            this.text = text;
        }

        private String agent(int number) {
            return text.formatted(number).substring(0, LENGTH);
        }

        /** Returns the name in results. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Measures requests of 500 events, each with a user agent that was never sent before. */
    public ProcessorTime measure(Form form, int rounds) {
        return ProcessorTime.of(rounds, () -> read(body(form)));
    }

    private void read(byte[] body) {
        try {
            Submission submission = Submission.open(body);
            AgentQuota quota = new AgentQuota();
            for (Submission.Part part : submission.parts()) {
                if (reader.read(part, submission.sentAt(), ReceiptContext.at(NOW), quota)
                        instanceof EventReader.Reading.Rejected refused) {
                    throw new IllegalStateException(refused.rejection().code());
                }
            }
        } catch (MalformedJsonException malformed) {
            throw new IllegalStateException(malformed);
        }
    }

    private byte[] body(Form form) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode events = body.putArray("events");
        for (int event = 0; event < Submission.MAX_EVENTS; event++) {
            sent++;
            events.addObject()
                    .put("eventId", "e-" + sent)
                    .put("userId", "user-" + sent)
                    .put("type", "click")
                    .put("itemId", "item-1")
                    .put("occurredAt", NOW.toString())
                    .putObject("context")
                    .put("userAgent", form.agent(sent));
        }
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }
}
