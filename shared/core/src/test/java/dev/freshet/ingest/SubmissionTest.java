package dev.freshet.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freshet.json.MalformedJsonException;
import dev.freshet.testkit.Bodies;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubmissionTest {
    private static String code(String body) {
        return catchThrowableOfType(
                        MalformedJsonException.class, () -> Submission.open(Bodies.utf8(body)))
                .code();
    }

    @Test
    void knowsHowLongEachEventWas() throws MalformedJsonException {
        Submission submission =
                Submission.open(
                        Bodies.utf8(
                                "{\"sentAt\":\"2026-03-01T13:00:00+01:00\", \"x\":[{}],"
                                        + " \"events\": [ {\"a\": \"\u00e9\"} , 7 ]}"));

        assertThat(submission.sentAt()).contains(Instant.parse("2026-03-01T12:00:00Z"));
        assertThat(submission.parts()).hasSize(2);
        assertThat(submission.parts().getFirst().bytes()).isEqualTo(11);
        assertThat(submission.parts().getLast().index()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | no-events",
                "nope | not-json",
                "[] | no-events",
                "7 | no-events",
                "{} | no-events",
                "{\"events\": []} | no-events",
                "{\"events\": {}} | no-events",
                "{\"events\": null} | no-events",
                "{\"events\": [{}]} {} | not-json",
                "{\"events\": [{}] | not-json",
                "{\"events\": [{},]} | not-json",
                "{\"events\": [{}], \"events\": [{}]} | not-json",
                "{\"events\": [{\"a\": 1, \"a\": 2}]} | not-json",
                "{\"events\": [{}], \"sentAt\": \"now\"} | malformed-sent-at",
                "{\"events\": [{}], \"sentAt\": 7} | malformed-sent-at"
            })
    void refusesRequestsThatAreNone(String body, String code) {
        assertThat(code(body)).isEqualTo(code);
    }

    @Test
    void takes500EventsAndRefuses501() throws MalformedJsonException {
        String most = Bodies.of(Collections.nCopies(500, "{}").toArray());
        assertThat(Submission.open(Bodies.utf8(most)).parts()).hasSize(500);
        assertThat(code(Bodies.of(Collections.nCopies(501, "{}").toArray())))
                .isEqualTo("too-many-events");
    }

    @Test
    void isNotOverwhelmedByDepth() {
        assertThat(code(Bodies.of("[".repeat(100_000)))).isEqualTo("json-out-of-bounds");
        assertThat(code("{\"x\":" + "[".repeat(100_000))).isEqualTo("json-out-of-bounds");
    }
}
