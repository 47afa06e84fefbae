package dev.freshet.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.Settings;
import dev.freshet.aws.Settings.MissingSettingException;
import dev.freshet.functions.HttpHandler;
import dev.freshet.functions.runtime.Wiring;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The handlers that the template names exist and start with the environment of the template. */
class HandlersTest {
    private final Synthesized dev = Synthesized.dev();
    private final Synthesized lake = Synthesized.lake();

    /** An address at which nothing listens, so that requests to stores fail at once. */
    private static final String NOBODY = "http://127.0.0.1:1";

    static Stream<String> handlers() {
        return Stream.concat(handlersWithStores(), Stream.of("Retain", "Lake", "LakeTables"));
    }

    static Stream<String> handlersWithStores() {
        return Stream.of(
                "Authorize Collect Recommend Catalog Profile Privacy Features Train Compact"
                        .split(" ", -1));
    }

    @ParameterizedTest
    @MethodSource("handlers")
    void aHandlerStartsWithTheEnvironmentThatTheTemplateGives(String function) throws Exception {
        Class<?> handler = handler(function);
        assertThat(RequestStreamHandler.class).isAssignableFrom(handler);
        assertThat(handler.getConstructor()).isNotNull();
        assertThat(start(handler, environment(function))).isInstanceOf(handler);
    }

    @ParameterizedTest
    @MethodSource("handlersWithStores")
    void withoutAnyOneTableStreamOrBucketItWouldNotStart(String function) throws Exception {
        Map<String, String> environment = environment(function);
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.endsWith("_TABLE") || name.endsWith("_STREAM") || name.endsWith("_BUCKET")) {
                Map<String, String> poorer = new HashMap<>(environment);
                poorer.remove(name);
                assertThatThrownBy(() -> start(handler(function), poorer))
                        .as(function + " needs " + name)
                        .isInstanceOf(MissingSettingException.class)
                        .hasMessageContaining(name);
            }
        }
    }

    @Test
    void theSecretIsGivenToThoseThatSignOrVerifyOrMakePseudonymsOnly() {
        assertThat(dev.functions().keySet())
                .filteredOn(function -> !dev.variable(function, "FRESHET_SECRET_ARN").isEmpty())
                .containsExactlyInAnyOrder(
                        "Authorize", "Collect", "Recommend", "Privacy", "Features");
    }

    static Stream<String> functionsOfTheApi() {
        return ApiDocument.load().routes().stream().map(ApiDocument.Route::function).distinct();
    }

    @ParameterizedTest
    @MethodSource("functionsOfTheApi")
    void aFunctionAnswersTheOperationsThatTheDocumentGivesToItAndNoOthers(String name)
            throws Exception {
        String function = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        HttpHandler handler = (HttpHandler) start(handler(function), environment(function));
        assertThat(handler.operationIds())
                .containsExactlyInAnyOrderElementsOf(
                        ApiDocument.load().routes().stream()
                                .filter(route -> route.function().equals(name))
                                .map(ApiDocument.Route::operationId)
                                .toList());
    }

    private Class<?> handler(String function) throws ClassNotFoundException {
        return Class.forName(stack(function).properties(function).path("Handler").asText());
    }

    /** Returns a stack that has a function. */
    private Synthesized stack(String function) {
        return function.startsWith("Lake") ? lake : dev;
    }

    private static Object start(Class<?> handler, Map<String, String> environment)
            throws Exception {
        try {
            return handler.getConstructor(Wiring.class)
                    .newInstance(new Wiring(Settings.from(environment)));
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof Exception cause ? cause : thrown;
        }
    }

    /** Returns the environment that the local cloud would give a function, without stores. */
    private Map<String, String> environment(String function) {
        Map<String, String> environment = new HashMap<>();
        for (Entry<String, JsonNode> variable :
                stack(function).properties(function).at("/Environment/Variables").properties()) {
            JsonNode value = variable.getValue();
            environment.put(variable.getKey(), value.path("Ref").asText(value.asText()));
        }
        for (String service : new String[] {"DYNAMODB", "KINESIS", "S3", "SECRETS_MANAGER"}) {
            environment.put("AWS_ENDPOINT_URL_" + service, NOBODY);
        }
        environment.put("AWS_REGION", "eu-central-1");
        environment.put("AWS_ACCESS_KEY_ID", "nobody");
        environment.put("AWS_SECRET_ACCESS_KEY", "nothing");
        return environment;
    }
}
