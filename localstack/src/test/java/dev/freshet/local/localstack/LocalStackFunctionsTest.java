package dev.freshet.local.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.host.HttpReply;
import dev.freshet.local.host.LoopbackServer;
import dev.freshet.local.template.Cloud.Route;
import dev.freshet.local.template.TemplateReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Against a server that answers as Lambda's Invoke does. */
class LocalStackFunctionsTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Path SYNTHESIZED =
            Path.of("../infra/target/cdk.out/Freshet.template.json");

    @AutoClose
    private final LoopbackServer server = LoopbackServer.start(LocalStackFunctionsTest::answer);

    @AutoClose private final LocalStackClients clients = LocalStackClients.of(server.uri());

    private static HttpReply answer(HttpExchange exchange) throws IOException {
        String name = Path.of(exchange.getRequestURI().getPath()).getName(2).toString();
        String sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return switch (name) {
            case "stack-echo" -> json(sent);
            case "stack-fails" ->
                    json("{\"errorType\": \"Broken\", \"errorMessage\": \"It broke.\"}")
                            .with("X-Amz-Function-Error", "Unhandled");
            default -> json("{\"name\": \"%s\"}".formatted(name));
        };
    }

    private static HttpReply json(String body) {
        return HttpReply.of(200, "application/json", body);
    }

    @Test
    void everyRouteOfTheTemplateIsAnsweredByTheFunctionThatItNames() {
        JsonNode template = TemplateReader.json(SYNTHESIZED);
        Map<String, String> resources = new HashMap<>();
        template.path("Resources")
                .fieldNames()
                .forEachRemaining(id -> resources.put(id, "stack-" + id));
        LocalStackFunctions functions =
                LocalStackFunctions.of(clients.lambda(), template, resources);
        List<Route> routes = TemplateReader.read(template).routes();

        assertThat(routes).isNotEmpty();
        for (Route route : routes) {
            assertThat(functions.invoke(route.function(), "{}", LIMIT))
                    .asString()
                    .as(route.function())
                    .containsIgnoringCase("stack-" + route.function());
        }
    }

    private LocalStackFunctions functions() {
        return new LocalStackFunctions(
                clients.lambda(), Map.of("echo", "stack-echo", "fails", "stack-fails"));
    }

    @Test
    void theAnswerIsThatOfTheFunctionOfThePhysicalName() {
        assertThat(functions().invoke("echo", "{\"a\":1}", LIMIT))
                .isEqualTo(new Invocation.Answer("{\"a\":1}"));
    }

    @Test
    void anExceptionOfTheFunctionIsAFailureWithItsTypeAndMessage() {
        assertThat(functions().invoke("fails", "{}", LIMIT))
                .isEqualTo(new Invocation.Failed("Broken", "It broke."));
    }

    @Test
    void aFunctionThatTheStackDoesNotHaveIsAFailureThatNamesIt() {
        assertThat(functions().invoke("absent", "{}", LIMIT))
                .isEqualTo(new Invocation.Failed("NoSuchFunction", "The stack has no absent."));
    }

    @Test
    void anEndpointThatDoesNotAnswerIsAFailure() {
        server.close();

        assertThat(functions().invoke("echo", "{}", LIMIT)).isInstanceOf(Invocation.Failed.class);
    }
}
