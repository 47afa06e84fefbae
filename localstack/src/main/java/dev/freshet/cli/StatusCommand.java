package dev.freshet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.ApiUnreachableException;
import dev.freshet.cli.client.FreshetClient;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet status}: what the running local cloud is doing. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Says how far each stream is read, which version of the model answers, and how big it all is.")
final class StatusCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--api",
            paramLabel = "URI",
            description = "Where the local cloud is. Default: the one of this checkout.")
    private @Nullable URI api;

    @Mixin private final KeyOptions key = new KeyOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        URI at = api == null ? RunningCloud.find(Checkout.find()) : api;
        try (FreshetClient client = new FreshetClient(at, key.credential(at))) {
            ObjectNode status = object(client.get("/_freshet/status?sizes"));
            status.set("model", client.get("/v1/trending?count=1").body().path("model"));
            output.result(status, StatusText.of(status));
            return 0;
        } catch (ApiUnreachableException e) {
            throw new CommandException(
                    "No local cloud answers at " + at + ": start one with './freshet up'.", e);
        }
    }

    private static ObjectNode object(ApiResponse answer) {
        return answer.body() instanceof ObjectNode object ? object : JSON.createObjectNode();
    }
}
