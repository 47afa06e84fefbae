package dev.freshet.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoreFailuresTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final StoreFailures failures = new StoreFailures(nanos::get);

    @Test
    void anOutageIsWrittenOnceAMinuteForEachStoreAndError() {
        assertThat(failures.log("Users", "getItem, Throttled")).isTrue();
        assertThat(IntStream.range(0, 1_000))
                .noneMatch(_ -> failures.log("Users", "getItem, Throttled"));
        assertThat(failures.log("Items", "getItem, Throttled")).isTrue();
        assertThat(failures.log("Users", "getItem, AccessDenied")).isTrue();

        nanos.addAndGet(StoreFailures.INTERVAL.toNanos() - 1);
        assertThat(failures.log("Users", "getItem, Throttled")).isFalse();
        nanos.incrementAndGet();
        assertThat(failures.log("Users", "getItem, Throttled")).isTrue();
    }

    @Test
    void manyDifferentErrorsAreForgottenRatherThanRememberedWithoutEnd() {
        for (int i = 0; i < StoreFailures.MAX_REMEMBERED; i++) {
            assertThat(failures.log("Users", "error " + i)).isTrue();
        }
        assertThat(failures.log("Users", "error 0")).isFalse();
        assertThat(failures.log("Users", "one more error")).isTrue();
        assertThat(failures.log("Users", "error 0")).isTrue();
    }
}
