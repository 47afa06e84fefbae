package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionPolicyTest {
    @Test
    void whatIsWrittenIsReadAgain() {
        RetentionPolicy retention =
                new RetentionPolicy(
                        Map.of(RetentionPolicy.Kind.USERS, 30, RetentionPolicy.Kind.RECOVERY, 35));
        assertThat(RetentionPolicy.parse(retention.text())).isEqualTo(retention);
        assertThat(RetentionPolicy.parse("users=30,recovery=35")).isEqualTo(retention);
    }

    @Test
    void daysOutOfRangeOtherNamesAndOtherTextsAreRefusedWithASentence() {
        assertThatThrownBy(() -> RetentionPolicy.parse("model=7")).hasMessageContaining("8 to 365");
        assertThatThrownBy(() -> RetentionPolicy.parse("recovery=36"))
                .hasMessageContaining("0 to 35");
        assertThatThrownBy(() -> RetentionPolicy.parse("users=0")).hasMessageContaining("users");
        assertThatThrownBy(() -> RetentionPolicy.parse("cake=7")).hasMessageContaining("cake");
        assertThatThrownBy(() -> RetentionPolicy.parse("users")).hasMessageContaining("users=400");
        assertThatThrownBy(() -> RetentionPolicy.parse("users=-1"))
                .hasMessageContaining("users=400");
    }

    @Test
    void aTombstoneOutlivesStreamsAndQuarantine() {
        RetentionPolicy retention =
                new RetentionPolicy(Map.of(RetentionPolicy.Kind.QUARANTINE, 90));
        assertThat(retention.tombstones())
                .isGreaterThan(
                        RetentionPolicy.STREAMS
                                .plus(retention.period(RetentionPolicy.Kind.QUARANTINE))
                                .plus(RetentionPolicy.STREAMS));
        assertThat(RetentionPolicy.DEFAULT.period(RetentionPolicy.Kind.INTERACTIONS))
                .isEqualTo(Duration.ofDays(90));
    }
}
