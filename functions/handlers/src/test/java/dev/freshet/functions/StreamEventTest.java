package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamEventTest {
    private static List<StreamRecord> read(String json) throws IOException {
        return StreamEvent.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }

    static String record(String sequence, String arn) {
        return """
               {"kinesis": {"kinesisSchemaVersion": "1.0", "partitionKey": "ann", "sequenceNumber": "%s", "data": "aGk=",
                            "approximateArrivalTimestamp": 1764028800.125},
                "eventSource": "aws:kinesis", "eventVersion": "1.0", "eventID": "shardId-000000000006:%s",
                "eventName": "aws:kinesis:record", "awsRegion": "us-east-1", "eventSourceARN": "%s"}
               """
                .formatted(sequence, sequence, arn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:kinesis:us-east-1:123456789012:stream/freshet-events",
                "arn:aws:kinesis:us-east-1:123456789012:stream/freshet-events/consumer/features:1764028800"
            })
    void aRecordIsReadWithItsPlace(String arn) throws IOException {
        List<StreamRecord> batch =
                read(
                        "{\"Records\": ["
                                + record(
                                        "49590338271490256608559692538361571095921575989136588898",
                                        arn)
                                + "]}");

        assertThat(batch)
                .singleElement()
                .satisfies(
                        record -> {
                            assertThat(record.position())
                                    .isEqualTo(
                                            new ShardPosition(
                                                    "freshet-events/shardId-000000000006",
                                                    new BigInteger(
                                                            "49590338271490256608559692538361571095921575989136588898")));
                            assertThat(record.partitionKey()).isEqualTo("ann");
                            assertThat(record.data())
                                    .isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
                            assertThat(record.arrivedAt())
                                    .isEqualTo(Instant.parse("2025-11-25T00:00:00.125Z"));
                        });
    }

    @Test
    void sequenceNumbersAreComparedAsNumbers() throws IOException {
        String arn = "arn:aws:kinesis:us-east-1:123456789012:stream/events";
        List<StreamRecord> batch =
                read("{\"Records\": [" + record("100", arn) + "," + record("99", arn) + "]}");

        assertThat(batch)
                .extracting(record -> record.position().sequence().intValue())
                .containsExactly(99, 100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"Records\": {}}", "{\"Records\": [{}]}", "not json"})
    void whatIsNoBatchFailsTheInvocation(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(IOException.class);
    }

    @Test
    void theAnswerNamesTheLowestUnfinishedRecordInTheWordsThatLambdaKnows() throws IOException {
        assertThat(answer(Optional.empty())).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(
                        answer(
                                Optional.of(
                                        new ShardPosition(
                                                "events/shardId-0", new BigInteger("4959")))))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"4959\"}]}");
    }

    private static String answer(Optional<ShardPosition> unfinished) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StreamEvent.answer(unfinished, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
