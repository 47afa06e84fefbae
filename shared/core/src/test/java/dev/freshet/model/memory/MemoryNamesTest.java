package dev.freshet.model.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.example.Example;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MemoryNamesTest {
    private static final Instant FIRST = Instant.parse("2026-03-01T02:00:00Z");

    private static Example.Neighbours name(Duration after) {
        Instant at = FIRST.plus(after);
        return new Example.Neighbours("key-" + at, "0".repeat(64), 10, "job", at);
    }

    private static MemoryNames every(Duration step, int times) {
        MemoryNames names = MemoryNames.NONE;
        for (int i = 0; i < times; i++) {
            names = names.with(name(step.multipliedBy(i)), i);
        }
        return names;
    }

    @Test
    void anObjectIsNamedThreeWeeksAfterItsSuccessor() {
        // 22 days of successors, and the one that was in force before them
        assertThat(every(Duration.ofDays(1), 100).names()).hasSize(23);
        assertThat(every(Duration.ofDays(30), 3).names()).hasSize(2);
        assertThat(every(Duration.ofMinutes(1), 100).names()).hasSize(MemoryNames.MOST);
    }

    @Test
    void onlyALaterJobReplacesTheOneInForce() {
        MemoryNames names = every(Duration.ofDays(1), 3);
        assertThat(names.accepts(name(Duration.ofDays(2)))).isFalse();
        assertThat(names.accepts(name(Duration.ofDays(1)))).isFalse();
        assertThat(names.accepts(name(Duration.ofDays(3)))).isTrue();
        assertThat(names.latest().orElseThrow().name()).isEqualTo(name(Duration.ofDays(2)));
    }

    @Test
    void namesComeBackAsTheyWere() {
        MemoryNames names = every(Duration.ofDays(1), 30);
        ByteSink out = new ByteSink(16);
        MemoryNames.form(1_000).write(names, out);
        assertThat(MemoryNames.form(1_000).read(new ByteSource(out.toBytes()))).isEqualTo(names);
    }
}
