package dev.freshet.local.template;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Definition of a Lambda function.
 *
 * @param name local name, derived from the handler: {@code dev.freshet.functions.CollectHandler} is
 *     {@code collect}
 * @param handler class name of the handler
 * @param timeout maximum duration of an invocation, 1–900 s
 * @param memoryMegabytes memory size, 128–10,240
 * @param reservedConcurrency maximum number of concurrent invocations, if the template reserves any
 * @param snapStart whether published versions start from a memory snapshot
 * @param environment environment variables of the template, resolved to local names
 */
public record FunctionDefinition(
        String name,
        String handler,
        Duration timeout,
        int memoryMegabytes,
        OptionalInt reservedConcurrency,
        boolean snapStart,
        Map<String, String> environment) {

    public FunctionDefinition {
        environment = Map.copyOf(environment);
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a function's timeout must be positive: " + timeout);
        }
    }

    /** Returns this definition with or without SnapStart. */
    public FunctionDefinition withSnapStart(boolean changed) {
        return new FunctionDefinition(
                name, handler, timeout, memoryMegabytes, reservedConcurrency, changed, environment);
    }

    /** Returns this definition with a variable more. */
    public FunctionDefinition with(String variable, String value) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.put(variable, value);
        return new FunctionDefinition(
                name, handler, timeout, memoryMegabytes, reservedConcurrency, snapStart, variables);
    }

    /** Returns the local ARN of the function. */
    public String arn() {
        return Arns.of("lambda", "function:" + name);
    }
}
