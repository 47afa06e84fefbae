package dev.freshet.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.ShardPosition;
import dev.freshet.features.Quarantine.Entry;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuarantineJsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:kinesis:us-east-1:123456789012:stream/events",
                "arn:aws:kinesis:us-east-1:123456789012:stream/events/consumer/Features:1764028800"
            })
    void aRecordThatAMappingGaveUpIsFiledUnderItsShardWithAndWithoutFanOut(String arn) {
        String invocation =
                """
                {"timestamp": "2026-11-25T12:00:00Z", "payload": {"Records": [{
                  "eventID": "shardId-000000000001:42", "eventSourceARN": "%s",
                  "kinesis": {"sequenceNumber": "42", "partitionKey": "ann", "data": "AQI="}}]}}
                """
                        .formatted(arn);

        List<Entry> entries =
                QuarantineJson.invocation(invocation.getBytes(StandardCharsets.UTF_8));

        assertThat(entries)
                .singleElement()
                .extracting(Entry::position)
                .isEqualTo(
                        new ShardPosition("events/shardId-000000000001", BigInteger.valueOf(42)));
    }
}
