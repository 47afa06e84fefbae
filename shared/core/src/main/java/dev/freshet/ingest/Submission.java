package dev.freshet.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.json.FieldReader;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/events}, parsed but not yet checked: {@code {sentAt, events: […]}}.
 *
 * @param sentAt by the client's clock when it sent the request
 * @param parts the events, 1 to {@value #MAX_EVENTS}
 */
public record Submission(Optional<Instant> sentAt, List<Part> parts) {
    /** Most bytes of a body. */
    public static final int MAX_BYTES = 500 << 10;

    /** Most events of a body. */
    public static final int MAX_EVENTS = 500;

    /** Longest time of a request or event, in characters. */
    static final int MAX_TIME = 40;

    /**
     * One event as received.
     *
     * @param index position in the request, from 0
     * @param bytes its length in the body
     */
    public record Part(int index, JsonNode json, int bytes) {}

    public Submission {
        parts = List.copyOf(parts);
    }

    /**
     * Parses a body.
     *
     * @param body UTF-8; the caller has checked that it has ≤ {@value #MAX_BYTES} bytes
     * @throws MalformedJsonException if the body as a whole cannot be accepted: not JSON, no list
     *     of events, no events or too many, or a {@code sentAt} that is no time
     */
    public static Submission open(byte[] body) throws MalformedJsonException {
        try (JsonParser parser = StrictJson.parser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw noEvents();
            }
            JsonNode sentAt = null;
            List<Part> parts = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String member = parser.currentName();
                JsonToken value = parser.nextToken();
                if (member.equals("events") && value == JsonToken.START_ARRAY) {
                    parts = parts(parser);
                } else if (member.equals("sentAt")) {
                    sentAt = StrictJson.tree(parser);
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw new MalformedJsonException(
                        "not-json",
                        "The body continues after the end of the JSON; send one object.");
            }
            if (parts == null || parts.isEmpty()) {
                throw noEvents();
            }
            return new Submission(time(sentAt), parts);
        } catch (IOException malformed) {
            throw StrictJson.malformed(malformed);
        }
    }

    private static List<Part> parts(JsonParser parser) throws IOException, MalformedJsonException {
        List<Part> parts = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parts.size() == MAX_EVENTS) {
                throw new MalformedJsonException(
                        "too-many-events",
                        "A request takes at most %d events; send the rest in another."
                                .formatted(MAX_EVENTS));
            }
            long start = parser.currentTokenLocation().getByteOffset();
            JsonNode json = StrictJson.tree(parser);
            int bytes = (int) (parser.currentLocation().getByteOffset() - start);
            parts.add(new Part(parts.size(), json, bytes));
        }
        return parts;
    }

    private static Optional<Instant> time(@Nullable JsonNode sentAt) throws MalformedJsonException {
        if (sentAt == null || sentAt.isNull()) {
            return Optional.empty();
        }
        return Optional.of(
                instant(sentAt)
                        .orElseThrow(
                                () ->
                                        new MalformedJsonException(
                                                "malformed-sent-at",
                                                "sentAt must be a time with its offset:"
                                                        + " 2026-01-31T09:30:00Z.")));
    }

    private static Optional<Instant> instant(JsonNode sentAt) {
        return sentAt.isTextual() && sentAt.textValue().length() <= MAX_TIME
                ? FieldReader.instant(sentAt.textValue())
                : Optional.empty();
    }

    private static MalformedJsonException noEvents() {
        return new MalformedJsonException(
                "no-events", "Send {\"events\": [\u2026]} with at least one event.");
    }
}
