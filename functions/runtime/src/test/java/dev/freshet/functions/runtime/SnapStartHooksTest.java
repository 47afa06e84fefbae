package dev.freshet.functions.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

class SnapStartHooksTest {
    private final List<String> lines = new ArrayList<>();
    private final SnapStartHooks hooks = hooks(Runnable::run);

    private SnapStartHooks hooks(Executor executor) {
        return new SnapStartHooks(
                executor,
                new Metrics(Map.of("Stack", "dev-main"), () -> Site.NOW, lines::add),
                Duration.ofMinutes(1),
                Duration.ofMillis(1));
    }

    @Test
    void workThatEndsIsNotCounted() {
        List<String> done = new ArrayList<>();

        hooks.beforeSnapshot(() -> done.add("work"));

        assertThat(done).containsExactly("work");
        assertThat(lines).isEmpty();
    }

    @Test
    void workThatThrowsIsCountedAndEndsTheHookAlone() {
        hooks.beforeSnapshot(
                () -> {
                    throw new IllegalStateException("a bug");
                });

        assertThat(lines)
                .singleElement()
                .asString()
                .contains("\"SnapStartHooksFailed\":1", "\"hook\":\"beforeSnapshot\"");
    }

    @Test
    void workThatHangsIsCountedAndInterruptedAtTheLimit() throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        SnapStartHooks hanging =
                hooks(
                        task -> {
                            Thread.startVirtualThread(task);
                            await(started);
                        });

        hanging.afterRestore(
                () -> {
                    started.countDown();
                    if (!await(new CountDownLatch(1))) {
                        interrupted.countDown();
                    }
                });

        interrupted.await();
        assertThat(lines).singleElement().asString().contains("\"hook\":\"afterRestore\"");
    }

    @Test
    void hooksAfterARestoreEndWellBeforeLambdaEndsTheProcess() {
        assertThat(SnapStartHooks.AFTER_RESTORE).isLessThanOrEqualTo(Duration.ofSeconds(6));
    }

    /** Returns false if the wait was interrupted. */
    private static boolean await(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException stopped) {
            return false;
        }
    }
}
