package dev.freshet.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitsBenchTest {
    private static final String LINE =
            """
            {"FreshnessMs":[%s,%s],"WriteFlowDelayMs":%s,"Records":2,"_aws":{"Timestamp":1764763200000}}""";

    @Test
    void aLineHasAsManyBytesHoweverLongItsEventsWaited() {
        assertThat(UnitsBench.bytes(LINE.formatted(7, 88, 0)))
                .isEqualTo(UnitsBench.bytes(LINE.formatted(123_456, 9_999, 14_000)))
                .isEqualTo(LINE.formatted(1_000, 1_000, 1_000).length());
    }

    @Test
    void whatIsNoTimeCountsAsItIs() {
        assertThat(UnitsBench.bytes("{\"Records\":12}"))
                .isEqualTo(1 + UnitsBench.bytes("{\"Records\":2}"));
    }
}
