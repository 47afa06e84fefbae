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
 * The body of {@code POST /v1/events}, opened but not judged: {@code {sentAt, events: […]}}.
 *
 * @param sentAt the client's clock when it sent the request
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
     * One event as it came.
     *
     * @param bytes its length in the body
     */
    public record Part(int index, JsonNode json, int bytes) {}

    public Submission {
        parts = List.copyOf(parts);
    }

    /**
     * Opens a body.
     *
     * @param body UTF-8, ≤ {@value #MAX_BYTES} bytes by the caller's care
     * @throws MalformedJsonException if nothing of it can be taken: not JSON, no list of events,
     *     none or too many of them, a {@code sentAt} that is no time
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
                        "not-json", "There is more behind the end of the JSON.");
            }
            if (parts == null || parts.isEmpty()) {
                throw noEvents();
            }
            return new Submission(time(sentAt), parts);
        } catch (IOException malformed) {
            throw StrictJson.said(malformed);
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
