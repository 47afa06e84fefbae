package dev.freshet.local.template;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A Lambda function.
 *
 * @param name its local name, after its handler: {@code dev.freshet.functions.CollectHandler} is
 *     {@code collect}
 * @param handler the handler class
 * @param timeout the longest invocation, 1–900 s
 * @param memoryMegabytes 128–10,240
 * @param reservedConcurrency the most concurrent invocations, where the template reserves any
 * @param environment the template's variables, resolved to local names
 */
public record FunctionDefinition(
        String name,
        String handler,
        Duration timeout,
        int memoryMegabytes,
        OptionalInt reservedConcurrency,
        Map<String, String> environment) {

    public FunctionDefinition {
        environment = Map.copyOf(environment);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a function's timeout is positive: " + timeout);
        }
    }

    /** The ARN that the function goes by here. */
    public String arn() {
        return Arns.of("lambda", "function:" + name);
    }
}
