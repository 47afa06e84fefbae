package dev.freshet.local;

import java.nio.file.Path;
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
        Consumer<String> tell) {

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
                home.resolve(".freshet"),
                home.resolve(TEMPLATE_FOLDER),
                home.resolve("web/site"),
                0,
                false,
                false,
                System.err::println);
    }

    public Options withState(Path folder) {
        return new Options(home, folder, template, site, port, fresh, runtime, tell);
    }

    /** A template file, or a folder that holds exactly one {@code *.template.json}. */
    public Options withTemplate(Path fileOrFolder) {
        return new Options(home, state, fileOrFolder, site, port, fresh, runtime, tell);
    }

    public Options withSite(Path folder) {
        return new Options(home, state, template, folder, port, fresh, runtime, tell);
    }

    public Options withPort(int number) {
        return new Options(home, state, template, site, number, fresh, runtime, tell);
    }

    public Options withFresh(boolean startOver) {
        return new Options(home, state, template, site, port, startOver, runtime, tell);
    }

    public Options withRuntime(boolean asProcesses) {
        return new Options(home, state, template, site, port, fresh, asProcesses, tell);
    }

    public Options withTell(Consumer<String> notes) {
        return new Options(home, state, template, site, port, fresh, runtime, notes);
    }
}
