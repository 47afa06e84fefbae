package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.ApiUnreachableException;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.ConnectionOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * {@code freshet status}: whether the API of a stack answers and by which model; of a local cloud
 * also the state of streams, functions and processes.
 */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description = {
            "Shows whether the API answers, and the version and age of the model that answers.",
            "Of a local cloud also shows how far each stream is read, the weight of each source,"
                    + " and the memory of each process."
        })
public final class StatusCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin private final ConnectionOptions stack = new ConnectionOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        try (FreshetClient client = stack.find().client()) {
            ApiResponse local = client.get("/_freshet/status?sizes");
            ApiResponse answer = client.get("/v1/trending?count=1");
            boolean isLocal = local.ok() && local.body().has("mappings");
            if (!isLocal && !answer.ok()) {
                throw new CommandException(answer.problem());
            }
            ObjectNode status =
                    isLocal
                            ? local.body().deepCopy()
                            : JSON.createObjectNode()
                                    .put("api", client.api().toString())
                                    .put("answerMs", answer.took().toMillis());
            status.set("model", answer.body().path("model"));
            ApiResponse overview = client.get("/v1/insights/overview");
            if (overview.ok()) {
                status.set("beyondBounds", overview.body().path("model").path("beyondBounds"));
            }
            return output.result(
                    status, isLocal ? StatusText.ofLocal(status) : StatusText.of(status));
        } catch (ApiUnreachableException e) {
            throw new CommandException(e);
        }
    }
}
