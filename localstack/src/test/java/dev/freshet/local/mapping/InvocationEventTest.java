package dev.freshet.local.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvocationEventTest {

    @Test
    void theEventHasTheFieldsOfLambdasEvent() throws Exception {
        ShardRecord record =
                new ShardRecord(
                        new BigInteger("49590338271490256608559692538361571095921575989136588898"),
                        "a \"key\"",
                        "SGVsbG8=",
                        Instant.ofEpochMilli(1_545_084_650_987L));

        String text =
                InvocationEvent.write(
                        new ShardBatch(List.of(record), 0),
                        "shardId-000000000006",
                        "arn:stream",
                        "us-east-1");

        JsonNode event = new ObjectMapper().readTree(text).at("/Records/0");
        assertThat(event.path("eventID").asText())
                .isEqualTo(
                        "shardId-000000000006:49590338271490256608559692538361571095921575989136588898");
        assertThat(event.path("eventSourceARN").asText()).isEqualTo("arn:stream");
        assertThat(event.at("/kinesis/partitionKey").asText()).isEqualTo("a \"key\"");
        assertThat(event.at("/kinesis/data").asText()).isEqualTo("SGVsbG8=");
        assertThat(text).contains("\"approximateArrivalTimestamp\":1545084650.987");
        assertThat(text.length()).isLessThan(record.payloadBytes() + "{\"Records\":[]}".length());
    }
}
