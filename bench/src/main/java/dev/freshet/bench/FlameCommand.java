package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.bench.profile.FlameGraph;
import dev.freshet.bench.profile.FlightRecording;
import dev.freshet.bench.profile.FlightRecording.Kind;
import dev.freshet.bench.profile.StackTree;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code freshet bench flame}: draws a recording as a flame graph. */
@Command(
        name = "flame",
        mixinStandardHelpOptions = true,
        description = {
            "Draws a recording of the JDK Flight Recorder as a flame graph (SVG).",
            "Runs in this process, without a local cloud."
        })
final class FlameCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The recording, a .jfr file.")
    @SuppressWarnings("NullAway.Init")
    private Path recording;

    @Option(
            names = "--from",
            paramLabel = "CLASS.METHOD",
            required = true,
            description = "The method below which time is drawn, as Recommender.list.")
    @SuppressWarnings("NullAway.Init")
    private String from;

    @Option(
            names = "--memory",
            description = "Draw the memory that was allocated, instead of processor time.")
    private boolean memory;

    @Option(names = "--title", paramLabel = "TEXT", description = "Default: the method.")
    private @Nullable String title;

    @Option(
            names = "--svg",
            paramLabel = "FILE",
            required = true,
            description = "The image that is written.")
    @SuppressWarnings("NullAway.Init")
    private Path svg;

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(recording)) {
            throw new CommandException("There is no recording " + recording + ".");
        }
        StackTree tree = FlightRecording.read(recording, memory ? Kind.MEMORY : Kind.TIME, from);
        if (tree.weight() == 0) {
            throw new CommandException("No sample of " + recording + " is below " + from + ".");
        }
        Files.writeString(svg, FlameGraph.svg(tree, title == null ? from : title));
        String unit = memory ? "bytes" : "samples";
        output.result(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("bench", "flame")
                        .put(unit, tree.weight()),
                tree.weight() + " " + unit + " below " + from + " in " + svg);
        return 0;
    }
}
