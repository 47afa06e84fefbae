package dev.freshet.cli.connection;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.OptionValues.EnvironmentVariable;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.console.CommandException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Output;

/**
 * The outputs of a deployed stack, by their names in the template.
 *
 * @param stack name of the stack
 */
public record StackOutputs(String stack, Map<String, String> values) {
    private static final Map<String, EnvironmentVariable> SETTINGS =
            Map.ofEntries(
                    Map.entry("Stage", StackOptions.STAGE),
                    Map.entry("ModelId", StackOptions.MODEL_ID),
                    Map.entry("Catalogue", StackOptions.CATALOGUE),
                    Map.entry("EventTypes", StackOptions.EVENT_TYPES),
                    Map.entry("Objective", StackOptions.OBJECTIVE),
                    Map.entry("EventsStreamName", Setting.EVENTS_STREAM),
                    Map.entry("ExamplesStreamName", Setting.EXAMPLES_STREAM),
                    Map.entry("ItemsTableName", Setting.ITEMS_TABLE),
                    Map.entry("UsersTableName", Setting.USERS_TABLE),
                    Map.entry("InteractionsTableName", Setting.INTERACTIONS_TABLE),
                    Map.entry("ExposuresTableName", Setting.EXPOSURES_TABLE),
                    Map.entry("OutcomesTableName", Setting.OUTCOMES_TABLE),
                    Map.entry("TrendsTableName", Setting.TRENDS_TABLE),
                    Map.entry("ExperimentsTableName", Setting.EXPERIMENTS_TABLE),
                    Map.entry("ModelsTableName", Setting.MODELS_TABLE),
                    Map.entry("KeysTableName", Setting.KEYS_TABLE),
                    Map.entry("ModelBucketName", Setting.MODEL_BUCKET),
                    Map.entry("QuarantineBucketName", Setting.QUARANTINE_BUCKET),
                    Map.entry("SecretArn", Setting.SECRET_ARN),
                    Map.entry("Audience", StackOptions.AUDIENCE));

    public StackOutputs {
        values = Map.copyOf(values);
    }

    /**
     * Reads the outputs by one call of {@code DescribeStacks}.
     *
     * @throws CommandException where there is no such stack of Freshet
     * @throws software.amazon.awssdk.core.exception.SdkException where CloudFormation cannot be
     *     asked
     */
    static StackOutputs read(String stack) {
        try (CloudFormationClient client =
                CloudFormationClient.builder()
                        .httpClientBuilder(Apache5HttpClient.builder())
                        .build()) {
            StackOutputs outputs =
                    new StackOutputs(
                            stack,
                            client
                                    .describeStacks(request -> request.stackName(stack))
                                    .stacks()
                                    .stream()
                                    .flatMap(each -> each.outputs().stream())
                                    .collect(
                                            Collectors.toMap(
                                                    Output::outputKey, Output::outputValue)));
            CommandException.require(
                    outputs.find("KeysTableName").isPresent(),
                    "The stack '%s' has not the outputs of a stack of Freshet.",
                    stack);
            return outputs;
        } catch (AwsServiceException refused) {
            throw new CommandException(
                    refused,
                    "CloudFormation did not describe the stack '%s': %s. Check its name, AWS_PROFILE and AWS_REGION.",
                    stack,
                    refused.awsErrorDetails().errorMessage());
        }
    }

    /** Returns an output. */
    public Optional<String> find(String output) {
        return Optional.ofNullable(values.get(output));
    }

    /**
     * Returns an output that stacks of a kind have.
     *
     * @param otherwise what to say of a stack without it, after its name
     * @throws CommandException if the stack has it not
     */
    public String require(String output, String otherwise) {
        return find(output)
                .orElseThrow(CommandException.saying("The stack '" + stack + "' " + otherwise));
    }

    /**
     * Returns the environment of this process in which Freshet's own variables are those that the
     * outputs name, and the name of the stack; modifiable.
     */
    public Map<String, String> variables() {
        Map<String, String> variables = new TreeMap<>(System.getenv());
        variables.keySet().removeIf(name -> name.startsWith("FRESHET_"));
        // As the SDK's own clients have it, which do not read these variables.
        Optional.ofNullable(System.getProperty("aws.endpointUrl"))
                .ifPresent(instead -> variables.putIfAbsent("AWS_ENDPOINT_URL", instead));
        variables.put(StackOptions.STACK_NAME.variable(), stack);
        SETTINGS.forEach(
                (output, setting) ->
                        find(output).ifPresent(value -> variables.put(setting.variable(), value)));
        return variables;
    }

    /** The option {@code --stack}, mixed into every command that works with AWS credentials. */
    public static final class StackNameOption {

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

        /**
         * Returns the outputs of the stack that has to be named.
         *
         * @throws CommandException where none was, or where there is no such stack of Freshet
         */
        public StackOutputs required() {
            return outputs()
                    .orElseThrow(CommandException.saying("Name a stack on AWS with --stack."));
        }
    }
}
