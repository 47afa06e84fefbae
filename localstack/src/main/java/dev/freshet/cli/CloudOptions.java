package dev.freshet.cli;

import dev.freshet.local.Options;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that starts the local cloud, to be mixed in. */
public final class CloudOptions {

    /** Who reads the streams, in the words of the stack's context. */
    enum StreamConsumer {
        functions,
        worker
    }

    /** The port that {@code up} takes unless told otherwise. */
    public static final int USUAL_PORT = 8787;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Port of the API on 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int port = USUAL_PORT;

    @Option(names = "--fresh", description = "Start over: empty the state folder first.")
    private boolean fresh;

    @Option(
            names = "--runtime",
            description =
                    "Run each function as a process of the packaged jar under AWS's runtime interface client.")
    private boolean runtime;

    @Option(
            names = "--embedder",
            paramLabel = "NAME",
            description =
                    "What turns items' texts into vectors: minilm or none. Default: ${DEFAULT-VALUE}.")
    private String embedder = Options.NO_EMBEDDER;

    @Option(
            names = "--consumer",
            paramLabel = "WHO",
            description =
                    "Who reads the streams: functions, or worker ('./freshet worker'). Default: ${DEFAULT-VALUE}.")
    private StreamConsumer consumer = StreamConsumer.functions;

    @Option(
            names = "--lift-plans",
            description =
                    "Leave the rates of usage plans out: to measure the system and not a caller's"
                            + " rate. Keys are asked for all the same.")
    private boolean liftPlans;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "State folder. Default: .freshet in the checkout.")
    private @Nullable Path state;

    @Option(
            names = "--template",
            paramLabel = "FILE",
            description =
                    "The synthesized template to follow. Default: the one that the build made.")
    private @Nullable Path template;

    /** The options as the local cloud takes them; {@code tell} gets its one-line notes. */
    public Options options(Consumer<String> tell) {
        Options usual = Options.of(Checkout.find());
        return usual.withTemplate(template == null ? usual.template() : template)
                .withState(state == null ? usual.state() : state)
                .withPort(port)
                .withFresh(fresh)
                .withRuntime(runtime)
                .withEmbedder(embedder)
                .withOwnConsumers(consumer == StreamConsumer.functions)
                .withPlansLifted(liftPlans)
                .withMessages(tell);
    }
}
