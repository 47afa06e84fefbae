package dev.freshet.local.localstack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.gateway.Gateway;
import dev.freshet.local.template.TemplateReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/**
 * Invokes the functions of a stack through Lambda's API.
 *
 * @param names the functions' physical names, by their local ones
 */
record LocalStackFunctions(LambdaClient lambda, Map<String, String> names)
        implements Gateway.Functions {
    /**
     * Time limit of a connection: longer than any function's, because the first invocation waits
     * until a container has started.
     */
    static final Duration LONGEST = Duration.ofMinutes(2);

    private static final ObjectMapper JSON = new ObjectMapper();

    LocalStackFunctions {
        names = Map.copyOf(names);
    }

    /**
     * Returns the functions of a stack.
     *
     * @param template the template that it was created from
     * @param resources physical ids of the resources, by logical id
     */
    static LocalStackFunctions of(
            LambdaClient lambda, JsonNode template, Map<String, String> resources) {
        Map<String, String> names = new HashMap<>();
        TemplateReader.functionIds(template)
                .forEach((local, id) -> names.put(local, resources.get(id)));
        return new LocalStackFunctions(lambda, names);
    }

    @Override
    public Invocation invoke(String function, String payload, Duration limit) {
        String name = names.get(function);
        if (name == null) {
            return new Invocation.Failed("NoSuchFunction", "The stack has no " + function + ".");
        }
        try {
            InvokeResponse response =
                    lambda.invoke(
                            request ->
                                    request.functionName(name)
                                            .payload(SdkBytes.fromUtf8String(payload))
                                            .overrideConfiguration(
                                                    each -> each.apiCallTimeout(limit)));
            String answer = response.payload().asUtf8String();
            return response.functionError() == null
                    ? new Invocation.Answer(answer)
                    : failed(answer);
        } catch (TooManyRequestsException e) {
            return new Invocation.Throttled();
        } catch (ApiCallTimeoutException e) {
            return new Invocation.TimedOut(limit.toMillis());
        } catch (SdkException e) {
            return new Invocation.Failed(
                    e.getClass().getSimpleName(), String.valueOf(e.getMessage()));
        }
    }

    private static Invocation failed(String answer) {
        JsonNode error;
        try {
            error = JSON.readTree(answer);
        } catch (JsonProcessingException e) {
            error = MissingNode.getInstance();
        }
        return new Invocation.Failed(
                error.path("errorType").asText("Unhandled"),
                error.path("errorMessage").asText(answer));
    }
}
