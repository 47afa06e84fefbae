package dev.freshet.local;

import dev.freshet.cli.connection.LocalState;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * How to start a local cloud.
 *
 * @param home the checkout
 * @param state the folder that everything is kept in; locked while the cloud runs
 * @param template the synthesized CloudFormation template
 * @param site static files served beside the API; need not exist
 * @param port of the API on 127.0.0.1; 0 takes a free one
 * @param fresh whether to empty the state folder first
 * @param runtime whether functions run as processes of the packaged jar
 * @param embedder what embeds items' texts here, in place of what the template says: {@code minilm}
 *     takes a second at the first item and then a processor, so it has to be asked for
 * @param ownConsumers whether the functions read the streams; without, a worker is to
 * @param plansLifted whether usage plans are left out: for measuring, where a caller's rate would
 *     be measured in place of the system
 * @param clock the gateway's and the mappings'; the functions have the machine's
 * @param tell takes one-line notes for people, from any thread
 */
public record Options(
        Path home,
        Path state,
        Path template,
        Path site,
        int port,
        boolean fresh,
        boolean runtime,
        String embedder,
        boolean ownConsumers,
        boolean plansLifted,
        InstantSource clock,
        Consumer<String> tell) {

    /** Items are kept without embeddings, but for those that they come with. */
    public static final String NO_EMBEDDER = "none";

    /** The template's place in a built checkout. */
    private static final String TEMPLATE_FOLDER = "infra/target/cdk.out";

    public Options {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
        }
        state = state.toAbsolutePath().normalize();
    }

    /**
     * The usual options of a checkout: state in {@code .freshet}, any free port, notes on standard
     * error.
     */
    public static Options of(Path home) {
        return new Options(
                home,
                home.resolve(LocalState.FOLDER),
                home.resolve(TEMPLATE_FOLDER),
                home.resolve("web/site"),
                0,
                false,
                false,
                NO_EMBEDDER,
                true,
                false,
                InstantSource.system(),
                System.err::println);
    }

    public Options withState(Path folder) {
        return with(next -> next.state = folder);
    }

    /** A template file, or a folder that holds exactly one {@code *.template.json}. */
    public Options withTemplate(Path fileOrFolder) {
        return with(next -> next.template = fileOrFolder);
    }

    public Options withSite(Path folder) {
        return with(next -> next.site = folder);
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

    /** {@code minilm} or {@link #NO_EMBEDDER}. */
    public Options withEmbedder(String name) {
        return with(next -> next.embedder = name);
    }

    /** Without consumers of its own the streams wait for a worker. */
    public Options withOwnConsumers(boolean reading) {
        return with(next -> next.ownConsumers = reading);
    }

    /** With or without the rates of usage plans. */
    public Options withPlansLifted(boolean without) {
        return with(next -> next.plansLifted = without);
    }

    public Options withClock(InstantSource time) {
        return with(next -> next.clock = time);
    }

    public Options withTell(Consumer<String> notes) {
        return with(next -> next.tell = notes);
    }

    private Options with(Consumer<Draft> change) {
        Draft next = new Draft(this);
        change.accept(next);
        return next.options();
    }

    /** Options on their way to others. */
    private static final class Draft {
        private final Path home;
        private Path state;
        private Path template;
        private Path site;
        private int port;
        private boolean fresh;
        private boolean runtime;
        private String embedder;
        private boolean ownConsumers;
        private boolean plansLifted;
        private InstantSource clock;
        private Consumer<String> tell;

        private Draft(Options from) {
            home = from.home;
            state = from.state;
            template = from.template;
            site = from.site;
            port = from.port;
            fresh = from.fresh;
            runtime = from.runtime;
            embedder = from.embedder;
            ownConsumers = from.ownConsumers;
            plansLifted = from.plansLifted;
            clock = from.clock;
            tell = from.tell;
        }

        private Options options() {
            return new Options(
                    home,
                    state,
                    template,
                    site,
                    port,
                    fresh,
                    runtime,
                    embedder,
                    ownConsumers,
                    plansLifted,
                    clock,
                    tell);
        }
    }
}
