package dev.freshet.cli.connection;

import dev.freshet.aws.Settings;
import java.util.Optional;

/**
 * The deployment whose tables, streams and buckets a command opens.
 *
 * @param settings names of the stores, and where emulators of them answer
 * @param local the state folder, where the deployment is a local cloud; empty on AWS
 * @param outputs outputs of the CloudFormation stack, where one was named
 */
public record Deployment(
        Settings settings, Optional<LocalState> local, Optional<StackOutputs> outputs) {}
