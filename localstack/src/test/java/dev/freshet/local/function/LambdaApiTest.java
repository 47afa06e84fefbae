package dev.freshet.local.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.aws.lambda.LambdaCompactionTrigger;
import dev.freshet.local.template.FunctionDefinition;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The trainer's request for a compaction, by Lambda's HTTP API. */
class LambdaApiTest {
    private static final long LONG_SECONDS = 60;

    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final LambdaApi api = new LambdaApi();
    private final LocalFunction function =
            new LocalFunction(
                    new FunctionDefinition(
                            "compact",
                            "F",
                            Duration.ofSeconds(60),
                            128,
                            OptionalInt.empty(),
                            false,
                            Map.of()),
                    Recording::new,
                    1,
                    () -> "r-1",
                    line -> {});
    private final Clients clients =
            new Clients(
                    Settings.from(
                            Map.of(
                                    "AWS_ENDPOINT_URL_LAMBDA",
                                    api.uri().toString(),
                                    "AWS_REGION",
                                    "us-east-1")));

    @AfterEach
    void close() {
        clients.close();
        function.close();
        api.close();
    }

    @Test
    void aRequestForACompactionInvokesTheFunctionOnce() throws InterruptedException {
        api.serve(Map.of("compact", function));

        new LambdaCompactionTrigger(clients.lambda(), "compact").request();

        assertThat(events.poll(LONG_SECONDS, TimeUnit.SECONDS)).isEqualTo("{}");
        assertThat(events).isEmpty();
    }

    @Test
    void aRequestThatIsNotAcceptedIsReported() {
        LambdaCompactionTrigger trigger = new LambdaCompactionTrigger(clients.lambda(), "compact");

        assertThatThrownBy(trigger::request)
                .isInstanceOf(StoreUnavailableException.class)
                .hasStackTraceContaining("status 404");

        api.close();

        assertThatThrownBy(trigger::request).isInstanceOf(StoreUnavailableException.class);
    }

    private final class Recording implements Sandbox {
        @Override
        public Invocation invoke(String payload, String requestId, Duration limit) {
            events.add(payload);
            return new Invocation.Answer("{}");
        }

        @Override
        public boolean healthy() {
            return true;
        }

        @Override
        public void close() {}
    }
}
