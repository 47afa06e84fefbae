package dev.freshet.local.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.console.Output;
import dev.freshet.folder.Checkout;
import dev.freshet.local.Options;
import dev.freshet.local.localstack.LocalStackCloud;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet localstack}: deploys into a running LocalStack and serves the API. */
@Command(
        name = "localstack",
        mixinStandardHelpOptions = true,
        description = {
            "Deploys the stack into a running LocalStack, serves the API in front of it, and runs until"
                    + " Ctrl-C.",
            "Start LocalStack first: docker compose -f localstack/compose.yaml up. The stack is created"
                    + " anew each time."
        })
public final class LocalStackCommand implements Callable<Integer> {
    private static final int USUAL_PORT = 8787;

    @Option(
            names = "--localstack",
            paramLabel = "URL",
            description = "Address of LocalStack. Default: ${DEFAULT-VALUE}.")
    private URI endpoint = URI.create("http://127.0.0.1:4566");

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Port of the API on 127.0.0.1; 0 chooses a free one. Default: ${DEFAULT-VALUE}.")
    private int port = USUAL_PORT;

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        Options usual = Options.of(Checkout.find());
        try (LocalStackCloud running =
                LocalStackCloud.start(endpoint, usual.withPort(port).withMessages(output::note))) {
            Thread closing = new Thread(running::close, "closing");
            Runtime.getRuntime().addShutdownHook(closing);
            ObjectNode ready =
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("api", running.apiUri().toString())
                            .put("publishableKey", running.ownerKeys().publishable())
                            .put("secretKey", running.ownerKeys().secret());
            running.leftOut().forEach(ready.putObject("leftOut")::put);
            output.result(ready, text(running));
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private static String text(LocalStackCloud running) {
        return """
        Freshet on LocalStack answers at %s. Ctrl-C ends the API; the stack remains.
        Your keys, for the header Authorization: Bearer KEY. The commands of this checkout send the second.
          %s  for pages
          %s  for servers
        Not created, because LocalStack's free edition cannot: %s."""
                .formatted(
                        running.apiUri(),
                        running.ownerKeys().publishable(),
                        running.ownerKeys().secret(),
                        list(running.leftOut()));
    }

    private static String list(Map<String, Integer> leftOut) {
        return leftOut.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
