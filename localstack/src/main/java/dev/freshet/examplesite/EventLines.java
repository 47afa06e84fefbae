package dev.freshet.examplesite;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Events of sessions at random times before an end, put into the order of their times. */
final class EventLines {
    /** Time over which sessions begin, within the seven days of events without a permit. */
    static final Duration SPAN = Duration.ofDays(6);

    private static final int MOST_SECONDS_BETWEEN = 90;

    private record Line(Instant at, ObjectNode event) {}

    private final List<Line> lines = new ArrayList<>();
    private final Instant end;
    private final RandomGenerator random;

    EventLines(Instant end, RandomGenerator random) {
        this.end = end;
        this.random = random;
    }

    /** One visit of one user, who does one thing after the other. */
    final class Session {
        private final String userId;
        private final String country;
        private Instant at;

        private Session(String userId, String country, Instant at) {
            this.userId = userId;
            this.country = country;
            this.at = at;
        }

        /** Returns the time of the next event. */
        Instant at() {
            return at;
        }

        /** Adds an event; a value can be added to what is returned. */
        ObjectNode add(String type, String itemId) {
            ObjectNode event = JsonNodeFactory.instance.objectNode();
            event.put("eventId", "e-" + lines.size())
                    .put("type", type)
                    .put("userId", userId)
                    .put("itemId", itemId)
                    .put("occurredAt", at.toString());
            event.putObject("context").put("country", country);
            lines.add(new Line(at, event));
            at = at.plusSeconds(5 + random.nextInt(MOST_SECONDS_BETWEEN));
            return event;
        }
    }

    /** Begins a session at a random time, at least an hour before the end. */
    Session session(String userId, String country) {
        long seconds = 3_600 + random.nextLong(SPAN.toSeconds());
        return new Session(userId, country, end.minusSeconds(seconds));
    }

    int size() {
        return lines.size();
    }

    /** Returns the first events by their times. */
    List<ObjectNode> sorted(int most) {
        return lines.stream()
                .sorted(Comparator.comparing(Line::at))
                .limit(most)
                .map(Line::event)
                .toList();
    }
}
