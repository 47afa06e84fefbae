package dev.freshet.local;

import dev.freshet.aws.option.StackSettings;
import dev.freshet.catalog.CatalogueMode;
import dev.freshet.cli.connection.LocalState;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Options of a local cloud.
 *
 * @param home the checkout
 * @param state the folder that holds all state; locked while the cloud runs
 * @param template the synthesized CloudFormation template
 * @param port port of the API on 127.0.0.1; 0 takes a free one
 * @param fresh whether to empty the state folder first
 * @param runtime whether functions run as processes of the packaged jar
 * @param embedder the embedder of items' texts, in place of the template's; {@code minilm} takes a
 *     second for the first item and occupies a processor afterwards, so it is not the default
 * @param catalogue whether items have to be in the catalogue, in place of the template's word
 * @param settings options of the stack, in place of the template's, for the functions that receive
 *     them
 * @param ownConsumers whether the functions consume the streams; if not, a worker must
 * @param plansLifted whether the limits of usage plans do not apply, for measurements that would
 *     otherwise measure a caller's rate limit instead of the system
 * @param repeatedDeliveries whether batches are delivered to the lake twice at times, as after a
 *     crash
 * @param clock clock of the gateway and the mappings
 * @param messages receives one-line messages for people, from any thread
 */
public record Options(
        Path home,
        Path state,
        Path template,
        int port,
        boolean fresh,
        boolean runtime,
        String embedder,
        CatalogueMode catalogue,
        StackSettings settings,
        boolean ownConsumers,
        boolean plansLifted,
        boolean repeatedDeliveries,
        InstantSource clock,
        Consumer<String> messages) {

    /**
     * Name of the embedder that computes nothing; items keep only the embeddings that they come
     * with.
     */
    public static final String NO_EMBEDDER = "none";

    /** Path of the template in a built checkout. */
    private static final String TEMPLATE_FOLDER = "infra/target/cdk.out";

    public Options {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "The port must be between 0 and 65535, not " + port + ".");
        }
        state = state.toAbsolutePath().normalize();
    }

    /**
     * Returns the default options of a checkout: state in {@code .freshet}, any free port, messages
     * on standard error.
     */
    public static Options of(Path home) {
        return new Options(
                home,
                home.resolve(LocalState.FOLDER),
                home.resolve(TEMPLATE_FOLDER),
                0,
                false,
                false,
                NO_EMBEDDER,
                CatalogueMode.CLOSED,
                StackSettings.of(Map.of()),
                true,
                false,
                false,
                InstantSource.system(),
                System.err::println);
    }

    /** Returns the folder of the built pages served beside the API, which need not exist. */
    public Path site() {
        return home.resolve("web/site/dist");
    }

    public Options withState(Path folder) {
        return with(next -> next.state = folder);
    }

    /**
     * Returns these options with a template: a file, or a folder that holds exactly one {@code
     * *.template.json}.
     */
    public Options withTemplate(Path fileOrFolder) {
        return with(next -> next.template = fileOrFolder);
    }

    public Options withPort(int number) {
        return with(next -> next.port = number);
    }

    public Options withFresh(boolean startOver) {
        return with(next -> next.fresh = startOver);
    }

    public Options withRuntime(boolean asProcesses) {
        return with(next -> next.runtime = asProcesses);
    }

    /** Returns these options with an embedder: {@code minilm} or {@link #NO_EMBEDDER}. */
    public Options withEmbedder(String name) {
        return with(next -> next.embedder = name);
    }

    /** Returns these options with another treatment of items that are in no catalogue. */
    public Options withCatalogue(CatalogueMode mode) {
        return with(next -> next.catalogue = mode);
    }

    /** Returns these options with options of the stack in place of the template's. */
    public Options withSettings(StackSettings given) {
        return with(next -> next.settings = given);
    }

    /**
     * Returns these options with or without the functions as consumers of the streams; without, the
     * records wait for a worker.
     */
    public Options withOwnConsumers(boolean reading) {
        return with(next -> next.ownConsumers = reading);
    }

    /** Returns these options with or without the limits of usage plans. */
    public Options withPlansLifted(boolean without) {
        return with(next -> next.plansLifted = without);
    }

    /** Returns these options with or without batches that are delivered to the lake twice. */
    public Options withRepeatedDeliveries(boolean repeating) {
        return with(next -> next.repeatedDeliveries = repeating);
    }

    public Options withClock(InstantSource time) {
        return with(next -> next.clock = time);
    }

    public Options withMessages(Consumer<String> notes) {
        return with(next -> next.messages = notes);
    }

    private Options with(Consumer<Draft> change) {
        Draft next = new Draft(this);
        change.accept(next);
        return next.options();
    }

    /** Mutable copy of options under modification. */
    private static final class Draft {
        private final Path home;
        private Path state;
        private Path template;
        private int port;
        private boolean fresh;
        private boolean runtime;
        private String embedder;
        private CatalogueMode catalogue;
        private StackSettings settings;
        private boolean ownConsumers;
        private boolean plansLifted;
        private boolean repeatedDeliveries;
        private InstantSource clock;
        private Consumer<String> messages;

        private Draft(Options from) {
            home = from.home;
            state = from.state;
            template = from.template;
            port = from.port;
            fresh = from.fresh;
            runtime = from.runtime;
            embedder = from.embedder;
            catalogue = from.catalogue;
            settings = from.settings;
            ownConsumers = from.ownConsumers;
            plansLifted = from.plansLifted;
            repeatedDeliveries = from.repeatedDeliveries;
            clock = from.clock;
            messages = from.messages;
        }

        private Options options() {
            return new Options(
                    home,
                    state,
                    template,
                    port,
                    fresh,
                    runtime,
                    embedder,
                    catalogue,
                    settings,
                    ownConsumers,
                    plansLifted,
                    repeatedDeliveries,
                    clock,
                    messages);
        }
    }
}
