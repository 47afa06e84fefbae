package dev.freshet.local;

import dev.freshet.aws.option.StackSettings;
import dev.freshet.folder.LocalState;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Options of a local cloud.
 *
 * @param home the checkout
 * @param state the folder that holds all state; locked while the cloud runs
 * @param template the synthesized CloudFormation template: a file, or a folder that holds exactly
 *     one {@code *.template.json}
 * @param port port of the API on 127.0.0.1; 0 takes a free one
 * @param settings options of the stack, in place of the template's, for the functions that receive
 *     them
 * @param clock clock of all parts but the emulators and functions that are processes
 * @param messages receives one-line messages for people, from any thread
 */
public record Options(
        Path home,
        Path state,
        Path template,
        int port,
        StackSettings settings,
        Set<Switch> switches,
        InstantSource clock,
        Consumer<String> messages) {
    /**
     * The embedder unless an option names another. It computes nothing; items keep only the
     * embeddings that they come with. The template's, {@code minilm}, takes a second for the first
     * item and occupies a processor afterwards.
     */
    public static final String NO_EMBEDDER = "none";

    /** Path of the template in a built checkout. */
    private static final String TEMPLATE_FOLDER = "infra/target/cdk.out";

    /** What a local cloud may do differently. */
    public enum Switch {
        /** The state folder is emptied first. */
        FRESH,

        /** Functions run as processes of the packaged jar. */
        PROCESSES,

        /** No function reads the streams: their records wait for a worker. */
        WORKER,

        /**
         * The limits of usage plans do not apply, for measurements that would otherwise measure a
         * caller's rate limit instead of the system.
         */
        PLANS_LIFTED,

        /** Batches are delivered to the lake twice at times, as after a crash. */
        REPEATED_DELIVERIES
    }

    public Options {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "The port must be between 0 and 65535, not " + port + ".");
        }
        state = state.toAbsolutePath().normalize();
        switches = Set.copyOf(switches);
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
                StackSettings.of(Map.of()),
                Set.of(),
                InstantSource.system(),
                System.err::println);
    }

    /** Returns the folder of the built pages served beside the API, which need not exist. */
    public Path site() {
        return home.resolve("web/site/dist");
    }

    /**
     * Returns the time on this cloud's clock of a time on the emulators', which is the system's.
     */
    Instant onClock(Instant systemTime) {
        return clock instanceof MovedClock moved ? moved.at(systemTime) : systemTime;
    }

    /** Returns whether a switch is on. */
    public boolean has(Switch one) {
        return switches.contains(one);
    }

    /** Returns these options with some switches more. */
    public Options with(Switch... more) {
        Set<Switch> all = new HashSet<>(switches);
        all.addAll(List.of(more));
        return new Options(home, state, template, port, settings, all, clock, messages);
    }

    public Options withState(Path folder) {
        return new Options(home, folder, template, port, settings, switches, clock, messages);
    }

    public Options withTemplate(Path fileOrFolder) {
        return new Options(home, state, fileOrFolder, port, settings, switches, clock, messages);
    }

    public Options withPort(int number) {
        return new Options(home, state, template, number, settings, switches, clock, messages);
    }

    public Options withSettings(StackSettings given) {
        return new Options(home, state, template, port, given, switches, clock, messages);
    }

    public Options withClock(InstantSource time) {
        return new Options(home, state, template, port, settings, switches, time, messages);
    }

    public Options withMessages(Consumer<String> notes) {
        return new Options(home, state, template, port, settings, switches, clock, notes);
    }
}
