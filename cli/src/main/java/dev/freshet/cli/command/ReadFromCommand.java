package dev.freshet.cli.command;

import static dev.freshet.console.CommandException.require;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.aws.SignedHttp;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.cli.connection.StackOutputs.StackNameOption;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;

/** {@code freshet read-from}: from where another reader of the streams has to begin. */
@Command(
        name = "read-from",
        mixinStandardHelpOptions = true,
        description =
                "Prints the time from which a new reader of the streams of a stack on AWS has to"
                        + " begin, some minutes before the oldest record that waits. Deploy a change"
                        + " of fanOut or consumer with it, as -c readFrom=TIME: without it the new"
                        + " reader reads all again that the streams keep.")
public final class ReadFromCommand implements Callable<Integer> {
    private static final JsonMapper JSON = new JsonMapper();

    @Mixin private final StackNameOption stack = new StackNameOption();
    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        StackOutputs outputs = stack.required();
        try (Clients clients = new Clients(Settings.from(outputs.variables()))) {
            String retain =
                    clients.open(CloudFormationClient.builder(), Settings.Service.CLOUDFORMATION)
                            .describeStackResource(
                                    each ->
                                            each.stackName(outputs.stack())
                                                    .logicalResourceId("Retain"))
                            .stackResourceDetail()
                            .physicalResourceId();
            String path = "/2015-03-31/functions/" + retain + "/invocations";
            SignedHttp.Response got = clients.lambda().post(path, Map.of(), "{\"readFrom\":true}");
            JsonNode answer = JSON.readTree(got.body());
            require(
                    answer.path("readFrom").isTextual(),
                    "The function %s did not say it (status %d, %s). Its log has the reason; it cannot be asked while CloudWatch does not answer.",
                    retain,
                    got.status(),
                    got.body());
            String from = answer.path("readFrom").asText();
            return output.result(answer, "%s", from);
        } catch (IOException failed) {
            throw new CommandException(failed);
        }
    }
}
