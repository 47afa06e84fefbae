package dev.freshet.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
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

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws IOException, InterruptedException {
        URI at = api == null ? RunningCloud.find(Checkout.find()) : api;
        try (HttpClient client = HttpClient.newHttpClient()) {
            ObjectNode status = get(client, at.resolve("/_freshet/status?sizes"));
            status.set("model", get(client, at.resolve("/v1/trending?count=1")).path("model"));
            output.result(status, StatusText.of(status));
            return 0;
        } catch (ConnectException e) {
            throw new Refusal(
                    "No local cloud answers at " + at + ": start one with './freshet up'.", e);
        }
    }

    private static ObjectNode get(HttpClient client, URI uri)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
        String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        return JSON.readTree(body) instanceof ObjectNode object ? object : JSON.createObjectNode();
    }
}
