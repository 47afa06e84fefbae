package dev.freshet.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamArnTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:kinesis:us-east-1:123456789012:stream/freshet-events",
                "arn:aws-cn:kinesis:cn-north-1:123456789012:stream/freshet-events",
                "arn:aws:kinesis:us-east-1:123456789012:stream/freshet-events/consumer/Features:1764028800"
            })
    void theArnOfAStreamOrOfAConsumerNamesTheStream(String arn) {
        assertThat(StreamArn.streamName(arn)).hasValue("freshet-events");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "freshet-events",
                "arn:aws:kinesis:us-east-1:123456789012:stream/",
                "arn:aws:kinesis:us-east-1:123456789012:stream/events/shard/1",
                "arn:aws:dynamodb:us-east-1:123456789012:table/Items/stream/2026"
            })
    void otherTextsNameNone(String arn) {
        assertThat(StreamArn.streamName(arn)).isEmpty();
    }
}
