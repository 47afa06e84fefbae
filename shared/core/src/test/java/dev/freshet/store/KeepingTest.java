package dev.freshet.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeepingTest {
    @Test
    void what_is_written_is_read_again() {
        Keeping keeping = Keeping.of(Map.of("users", 30, "recovery", 35));
        assertThat(Keeping.parse(keeping.text())).isEqualTo(keeping);
        assertThat(Keeping.parse("users=30,recovery=35")).isEqualTo(keeping);
    }

    @Test
    void days_out_of_range_other_names_and_other_texts_are_refused_with_a_sentence() {
        assertThatThrownBy(() -> Keeping.parse("model=7")).hasMessageContaining("8 to 365");
        assertThatThrownBy(() -> Keeping.parse("recovery=36")).hasMessageContaining("0 to 35");
        assertThatThrownBy(() -> Keeping.parse("users=0")).hasMessageContaining("users");
        assertThatThrownBy(() -> Keeping.parse("cake=7")).hasMessageContaining("cake");
        assertThatThrownBy(() -> Keeping.parse("users")).hasMessageContaining("users=400");
        assertThatThrownBy(() -> Keeping.parse("users=-1")).hasMessageContaining("users=400");
    }

    @Test
    void a_tombstone_outlives_streams_and_quarantine() {
        Keeping keeping = Keeping.of(Map.of("quarantine", 90));
        assertThat(keeping.tombstones())
                .isGreaterThan(Keeping.STREAMS.plus(keeping.quarantine()).plus(Keeping.STREAMS));
        assertThat(Keeping.DEFAULT.interactions()).isEqualTo(Duration.ofDays(90));
    }
}
