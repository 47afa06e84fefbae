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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LocalFunctionTest {

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final AtomicInteger made = new AtomicInteger();

    private static FunctionDefinition spec(OptionalInt reserved) {
        return new FunctionDefinition(
                "f", "F", Duration.ofMillis(200), 128, reserved, false, Map.of());
    }

    private LocalFunction function(OptionalInt reserved, Sandbox sandbox) {
        return new LocalFunction(
                spec(reserved),
                () -> {
                    made.incrementAndGet();
                    return sandbox;
                },
                4,
                () -> "id",
                messages::add);
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
    void invocationsBeyondTheWaitingLimitAreThrottledImmediately() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        LocalFunction function =
                new LocalFunction(
                        new FunctionDefinition(
                                "f",
                                "F",
                                Duration.ofSeconds(60),
                                128,
                                OptionalInt.empty(),
                                false,
                                Map.of()),
                        () ->
                                new Fixed(new Invocation.Answer("{}")) {
                                    @Override
                                    public Invocation invoke(
                                            String payload, String requestId, Duration limit)
                                            throws InterruptedException {
                                        release.await();
                                        return super.invoke(payload, requestId, limit);
                                    }
                                },
                        1,
                        () -> "id",
                        messages::add);
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i <= LocalFunction.MAX_WAITING; i++) {
            callers.add(
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        try {
                                            function.invoke("{}");
                                        } catch (InterruptedException e) {
                                            Thread.currentThread().interrupt();
                                        }
                                    }));
        }
        while (function.waiting() < LocalFunction.MAX_WAITING) {
            Thread.sleep(1);
        }

        assertThat(function.invoke("{}")).isInstanceOf(Invocation.Throttled.class);

        release.countDown();
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(function.status().path("invocations").asInt())
                .isEqualTo(LocalFunction.MAX_WAITING + 1);
        assertThat(function.status().path("throttles").asInt()).isEqualTo(1);
    }

    @Test
    void reservedConcurrencyThrottlesImmediately() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        LocalFunction function =
                function(
                        OptionalInt.of(1),
                        new Fixed(new Invocation.Answer("{}")) {
                            @Override
                            public Invocation invoke(String payload, String id, Duration limit)
                                    throws InterruptedException {
                                running.countDown();
                                release.await();
                                return super.invoke(payload, id, limit);
                            }
                        });
        Thread first =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        function.invoke("{}");
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        running.await();

        assertThat(function.invoke("{}")).isEqualTo(new Invocation.Throttled());

        release.countDown();
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
                new LocalFunction(
                        spec(OptionalInt.empty()),
                        () -> {
                            throw new IllegalStateException("no secret");
                        },
                        1,
                        () -> "id",
                        messages::add);

        assertThat(function.invoke("{}"))
                .isEqualTo(new Invocation.Failed("Runtime.InitError", "no secret"));
        assertThat(function.status().path("sandboxes").asInt()).isZero();
    }
}
