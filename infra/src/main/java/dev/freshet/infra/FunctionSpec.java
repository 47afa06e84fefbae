package dev.freshet.infra;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * The specification of one Lambda function.
 *
 * @param id the logical id, which is in lower case the function's name in the OpenAPI document
 * @param handler the class name of the handler
 * @param memoryMb the memory in MB, 128 to 10,240; 1,769 MB come with one virtual processor
 * @param timeoutSeconds the timeout in seconds, 1 to 900; API Gateway waits 29 s
 * @param environment the environment variables
 * @param access the permissions of the function's role, besides those to write its log
 * @param published whether the function has the alias {@code live}, through which API Gateway calls
 *     it
 * @param snapStart whether published versions start from a snapshot (SnapStart), unless the stack
 *     has the option {@code snapStart=false}
 * @param layer the folder of a layer with further classes of the function
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
        Optional<Path> layer) {
    FunctionSpec {
        environment = Map.copyOf(environment);
        access = List.copyOf(access);
        if (snapStart && !published) {
            throw new IllegalArgumentException(id + ": SnapStart works on published versions only");
        }
    }
}
