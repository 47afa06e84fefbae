package dev.freshet.infra;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * One function, before it is built.
 *
 * @param id its logical id and, in lower case, its name in the OpenAPI document
 * @param handler the handler's class name
 * @param memoryMb 128 to 10,240; 1,769 MB are one processor
 * @param timeoutSeconds 1 to 900; API Gateway waits 29
 * @param environment beyond what every function gets
 * @param access all that it may do besides writing its log
 * @param published whether callers reach it through the alias {@code live}
 * @param snapStart whether its versions start from a snapshot
 * @param single whether it never runs twice at once
 * @param layer a folder with what it has on its class path beside the common jar
 */
record FunctionSpec(
        String id,
        String handler,
        int memoryMb,
        int timeoutSeconds,
        Map<String, String> environment,
        List<PolicyStatement> access,
        boolean published,
        boolean snapStart,
        boolean single,
        Optional<Path> layer) {
    FunctionSpec {
        environment = Map.copyOf(environment);
        access = List.copyOf(access);
        if (snapStart && !published) {
            throw new IllegalArgumentException(id + ": SnapStart works on published versions only");
        }
    }
}
