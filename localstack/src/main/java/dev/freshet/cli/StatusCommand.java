package dev.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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
                "Says how far each stream is read, what the functions did, and what memory it all takes.")
final class StatusCommand implements Callable<Integer> {

    @Option(
            names = "--api",
            paramLabel = "URI",
            description = "Where the local cloud is. Default: the one of this checkout.")
    private @Nullable URI api;

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws IOException, InterruptedException {
        URI at =
                (api == null ? RunningCloud.find(Checkout.find()) : api)
                        .resolve("/_freshet/status");
        HttpRequest request = HttpRequest.newBuilder(at).timeout(Duration.ofSeconds(10)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            JsonNode status =
                    new ObjectMapper()
                            .readTree(
                                    client.send(request, HttpResponse.BodyHandlers.ofString())
                                            .body());
            output.result(status, StatusText.of(status));
            return 0;
        } catch (java.net.ConnectException e) {
            throw new Refusal(
                    "No local cloud answers at " + at + ": start one with './freshet up'.", e);
        }
    }
}
