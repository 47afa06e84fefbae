package dev.freshet.local.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.Clients;
import dev.freshet.aws.LambdaCompactionTrigger;
import dev.freshet.aws.Settings;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import dev.freshet.store.StoreUnavailableException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The trainer's request for a compaction, by Lambda's HTTP API. */
class LambdaApiTest {
    private static final long LONG_SECONDS = 60;

    private final LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    @AutoClose private final LambdaApi api = new LambdaApi();
    private volatile boolean failing;

    @AutoClose
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

    @AutoClose
    private final Clients clients =
            new Clients(
                    Settings.from(
                            Map.of(
                                    "AWS_ENDPOINT_URL_LAMBDA",
                                    api.uri().toString(),
                                    "AWS_REGION",
                                    "us-east-1")));

    @Test
    void aRequestForACompactionInvokesTheFunctionOnce() throws InterruptedException {
        api.serve(Map.of("compact", function));

        new LambdaCompactionTrigger(clients.lambda(), "compact").request();

        assertThat(events.poll(LONG_SECONDS, TimeUnit.SECONDS)).isEqualTo("{}");
        assertThat(events).isEmpty();
    }

    @Test
    void whoWaitsForAnAnswerGetsWhatTheFunctionReturns() throws Exception {
        api.serve(Map.of("compact", function));

        HttpResponse<String> answer = invoked("compact", "RequestResponse");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
        assertThat(answer.headers().firstValue("X-Amz-Function-Error")).isEmpty();
        assertThat(invoked("other", "RequestResponse").statusCode()).isEqualTo(404);
        assertThat(invoked("compact", "DryRun").statusCode()).isEqualTo(400);
    }

    @Test
    void whoWaitsForAFunctionThatFailsIsTold() throws Exception {
        failing = true;
        api.serve(Map.of("compact", function));

        HttpResponse<String> answer = invoked("compact", "RequestResponse");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Amz-Function-Error")).contains("Unhandled");
        assertThat(answer.body()).isEqualTo("{\"errorType\":\"Broken\"}");
    }

    private HttpResponse<String> invoked(String name, String type) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String path = "/2015-03-31/functions/" + name + "/invocations";
            return http.send(
                    HttpRequest.newBuilder(api.uri().resolve(path))
                            .header("X-Amz-Invocation-Type", type)
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
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
            return failing
                    ? new Invocation.Failed("Broken", "it is broken")
                    : new Invocation.Answer("{}");
        }

        @Override
        public boolean healthy() {
            return true;
        }

        @Override
        public void close() {}
    }
}
