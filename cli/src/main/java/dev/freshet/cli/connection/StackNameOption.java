package dev.freshet.cli.connection;

import dev.freshet.cli.CommandException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option {@code --stack}, mixed into every command that works with AWS credentials. */
public final class StackNameOption {

    @Option(
            names = "--stack",
            paramLabel = "NAME",
            description =
                    "On AWS: name of the CloudFormation stack, whose outputs name its tables, streams"
                            + " and buckets. Credentials and region come from where the AWS SDK finds"
                            + " them, such as AWS_PROFILE and AWS_REGION.")
    private @Nullable String stack;

    /**
     * Returns the outputs of the stack that was named; empty where none was.
     *
     * @throws CommandException where there is no such stack
     */
    public Optional<StackOutputs> outputs() {
        return Optional.ofNullable(stack).map(StackOutputs::read);
    }
}
