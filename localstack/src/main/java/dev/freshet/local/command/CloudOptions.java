package dev.freshet.local.command;

import dev.freshet.aws.option.StackOption;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.catalog.CatalogueMode;
import dev.freshet.cli.Checkout;
import dev.freshet.cli.CommandException;
import dev.freshet.local.Options;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that starts a local cloud, to be mixed into the command. */
public final class CloudOptions {

    /** The consumer of the streams, by the names of the stack's context. */
    enum StreamConsumer {
        functions,
        worker
    }

    /** Options that no function receives and that change a local cloud. */
    private static final List<StackOption<?>> LOCAL = List.of(StackOptions.LAKE, StackOptions.BULK);

    /** Port of the API unless {@code --port} names another. */
    private static final int USUAL_PORT = 8787;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Port of the API on 127.0.0.1; 0 chooses a free one. Default: ${DEFAULT-VALUE}.")
    private int port = USUAL_PORT;

    @Option(names = "--fresh", description = "Empty the state folder first.")
    private boolean fresh;

    @Option(
            names = "--runtime",
            description =
                    "Run each function as a process of the packaged jar under AWS's runtime"
                            + " interface client.")
    private boolean runtime;

    @Option(
            names = "--embedder",
            paramLabel = "NAME",
            description =
                    "Embedder of the items' texts: minilm or none. Default: ${DEFAULT-VALUE}.")
    private String embedder = Options.NO_EMBEDDER;

    @Option(
            names = "--catalogue",
            paramLabel = "MODE",
            description =
                    "closed: only items of the catalogue are learned and shown; open: every id that"
                            + " an event names is an item. Default: ${DEFAULT-VALUE}.")
    private String catalogue = "closed";

    @Option(
            names = "--option",
            paramLabel = "NAME=VALUE",
            description =
                    "Option of the stack for its functions, in place of the template's, such as"
                            + " objective=purchase=5 (./freshet options). May be given several times.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--consumer",
            paramLabel = "NAME",
            description =
                    "Consumer of the streams: functions, or worker, which is started with"
                            + " './freshet worker'. Default: ${DEFAULT-VALUE}.")
    private StreamConsumer consumer = StreamConsumer.functions;

    @Option(
            names = "--lift-plans",
            description =
                    "Do not enforce the rates of usage plans, to measure the system and not a"
                            + " caller's rate. Keys are still required.")
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
                    "CloudFormation template to run. Default: the one that the build synthesized.")
    private @Nullable Path template;

    /** Returns the options for the local cloud; {@code tell} receives its one-line notes. */
    public Options options(Consumer<String> tell) {
        Options usual = Options.of(Checkout.find());
        return usual.withTemplate(template == null ? usual.template() : template)
                .withState(state == null ? usual.state() : state)
                .withPort(port)
                .withFresh(fresh)
                .withRuntime(runtime)
                .withEmbedder(embedder)
                .withCatalogue(mode())
                .withSettings(settings())
                .withOwnConsumers(consumer == StreamConsumer.functions)
                .withPlansLifted(liftPlans)
                .withMessages(tell);
    }

    private StackSettings settings() {
        try {
            StackSettings given = StackSettings.of(settings);
            StackOptions.all().stream()
                    .filter(option -> settings.containsKey(option.name()))
                    .filter(option -> option.passing().isEmpty())
                    .filter(option -> !LOCAL.contains(option))
                    .findFirst()
                    .ifPresent(
                            option -> {
                                throw new CommandException(
                                        "--option: no function receives "
                                                + option.name()
                                                + "; it changes a deployed stack only.");
                            });
            return given;
        } catch (IllegalArgumentException refused) {
            throw new CommandException("--option: " + refused.getMessage(), refused);
        }
    }

    private CatalogueMode mode() {
        return StackOptions.CATALOGUE
                .type()
                .parse(catalogue)
                .orElseThrow(
                        () ->
                                new CommandException(
                                        "--catalogue must be %s."
                                                .formatted(
                                                        StackOptions.CATALOGUE.type().values())));
    }
}
