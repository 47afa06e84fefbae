package dev.freshet.local.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.local.template.Cloud.FunctionDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LocalFunctionTest {

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final AtomicInteger made = new AtomicInteger();

    private LocalFunction function(OptionalInt reserved, Sandbox sandbox) {
        return function(reserved, Duration.ofMillis(200), 4, () -> sandbox);
    }

    private LocalFunction function(
            OptionalInt reserved, Duration timeout, int sandboxes, Supplier<Sandbox> make) {
        return new LocalFunction(
                new FunctionDefinition("f", "F", timeout, 128, reserved, false, Map.of()),
                () -> {
                    made.incrementAndGet();
                    return make.get();
                },
                sandboxes,
                () -> "id",
                messages::add);
    }

    /** Invokes a function in a thread of its own. */
    private static Thread beside(LocalFunction function) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                function.invoke("{}");
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    /** Answers when it is released. */
    private static final class Held extends Fixed {
        private final CountDownLatch running = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);

        Held() {
            super(new Invocation.Answer("{}"));
        }

        @Override
        public Invocation invoke(String payload, String requestId, Duration limit)
                throws InterruptedException {
            running.countDown();
            release.await();
            return super.invoke(payload, requestId, limit);
        }
    }

    private static class Fixed implements Sandbox {
        private final Invocation outcome;
        private boolean healthy = true;

        Fixed(Invocation outcome) {
            this.outcome = outcome;
        }

        @Override
        public Invocation invoke(String payload, String requestId, Duration limit)
                throws InterruptedException {
            return outcome;
        }

        @Override
        public boolean healthy() {
            return healthy;
        }

        @Override
        public void close() {
            healthy = false;
        }
    }

    @Test
    void aSandboxIsReused() throws Exception {
        LocalFunction function =
                function(OptionalInt.empty(), new Fixed(new Invocation.Answer("{}")));

        function.invoke("{}");
        function.invoke("{}");

        assertThat(made).hasValue(1);
        assertThat(function.status().path("invocations").asInt()).isEqualTo(2);
    }

    @Test
    void aReplacedSandboxEndsWithWhatItDoes() throws Exception {
        Held held = new Held();
        LocalFunction function = function(OptionalInt.of(1), Duration.ofSeconds(60), 1, () -> held);
        Thread caller = beside(function);
        held.running.await();
        Thread deployment =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        function.replace();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        assertThat(made).hasValue(1);
        held.release.countDown();
        caller.join();
        deployment.join();

        assertThat(made).hasValue(2);
        assertThat(held.healthy()).isFalse();
        assertThat(function.status().path("sandboxes").asInt()).isOne();
    }

    @Test
    void invocationsBeyondTheWaitingLimitAreThrottledImmediately() throws Exception {
        Held sandbox = new Held();
        LocalFunction function =
                function(OptionalInt.empty(), Duration.ofSeconds(60), 1, () -> sandbox);
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i <= LocalFunction.MAX_WAITING; i++) {
            callers.add(beside(function));
        }
        while (function.waiting() < LocalFunction.MAX_WAITING) {
            Thread.sleep(1);
        }

        assertThat(function.invoke("{}")).isInstanceOf(Invocation.Throttled.class);

        sandbox.release.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(function.status().path("invocations").asInt())
                .isEqualTo(LocalFunction.MAX_WAITING + 1);
        assertThat(function.status().path("throttles").asInt()).isEqualTo(1);
    }

    @Test
    void reservedConcurrencyThrottlesImmediately() throws Exception {
        Held sandbox = new Held();
        LocalFunction function = function(OptionalInt.of(1), sandbox);
        Thread first = beside(function);
        sandbox.running.await();

        assertThat(function.invoke("{}")).isEqualTo(new Invocation.Throttled());

        sandbox.release.countDown();
        first.join();
        assertThat(function.invoke("{}")).isEqualTo(new Invocation.Answer("{}"));
        assertThat(function.status().path("throttles").asInt()).isEqualTo(1);
    }

    @Test
    void aFailureIsCountedAndReportedInOneLine() throws Exception {
        LocalFunction function =
                function(OptionalInt.empty(), new Fixed(new Invocation.Failed("E", "why")));

        function.invoke("{}");
        function.invoke("{}");

        assertThat(messages)
                .as("at most one line a second")
                .containsExactly("f failed (1 so far): E: why [id]");
        assertThat(function.status().path("errors").asInt()).isEqualTo(2);
        assertThat(function.status().path("lastError").asText()).isEqualTo("E: why");
    }

    @Test
    void anUnhealthySandboxIsDiscarded() throws Exception {
        Fixed sandbox = new Fixed(new Invocation.TimedOut(200));
        sandbox.close();
        LocalFunction function = function(OptionalInt.empty(), sandbox);

        function.invoke("{}");
        function.invoke("{}");

        assertThat(made).hasValue(2);
    }

    @Test
    void aSandboxThatDoesNotStartIsAFailedInvocation() throws Exception {
        LocalFunction function =
                function(
                        OptionalInt.empty(),
                        Duration.ofMillis(200),
                        1,
                        () -> {
                            throw new IllegalStateException("no secret");
                        });

        assertThat(function.invoke("{}"))
                .isEqualTo(new Invocation.Failed("Runtime.InitError", "no secret"));
        assertThat(function.status().path("sandboxes").asInt()).isZero();
    }
}
