package dev.freshet.casestudy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.Checkout;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet case-study}: makes every figure and plot of docs/case-study.md. */
@Command(
        name = "case-study",
        mixinStandardHelpOptions = true,
        description = {
            "Imports DeskDrop's history into a local cloud of its own, replays the last days with lists"
                    + " and an experiment, and asks outcomes, the lake and the bill.",
            "Without --out it prints a summary. Takes minutes; the state is deleted at the end."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:success",
            "1:failure; a sentence on standard error says why and what to do",
            "2:the command line was not understood"
        })
final class CaseStudyCommand implements Callable<Integer> {
    private static final int MOST_DAYS = 60;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder with DeskDrop's " + DeskdropLog.FILE + ".")
    private @Nullable Path data;

    @Option(
            names = "--figures",
            paramLabel = "FILE",
            description =
                    "What an earlier run printed with --json, to write its page again without a run.")
    private @Nullable Path figures;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Folder to write case-study.md and images/case-study-*.svg to, such as docs.")
    private @Nullable Path out;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "Last days that are replayed, 1 to 60. Default: ${DEFAULT-VALUE}.")
    private int days = 7;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Divides the users between the arms. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Mixin private final Output output = new Output();

    private final Function<Path, Bills> bills;

    CaseStudyCommand() {
        this(Bills::ofProduct);
    }

    /**
     * Creates the command.
     *
     * @param bills makes what computes bills, given a folder for its files
     */
    CaseStudyCommand(Function<Path, Bills> bills) {
        this.bills = bills;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if ((data == null) == (figures == null)) {
            throw new CommandException("Give --data with a folder, or --figures with a file.");
        }
        JsonNode made = data != null ? made(data) : read(Objects.requireNonNull(figures));
        CaseStudyPage page = CaseStudyPage.of(made);
        if (out != null) {
            page.write(out);
        }
        output.result(made, page.summary());
        return 0;
    }

    private JsonNode made(Path folder) throws IOException, InterruptedException {
        if (days < 1 || days > MOST_DAYS) {
            throw new CommandException("--days must be between 1 and " + MOST_DAYS + ".");
        }
        DeskdropLog log = DeskdropLog.read(folder, Duration.ofDays(days));
        Path scratch = Files.createTempDirectory("freshet-case-study-");
        try {
            ObjectNode made =
                    new CaseStudy(log, Checkout.find(), scratch, seed, bills.apply(scratch), output)
                            .run();
            made.putObject("command").put("days", days).put("seed", seed);
            return made;
        } finally {
            delete(scratch);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return new ObjectMapper().readTree(Files.readString(file));
        } catch (IOException unreadable) {
            throw new CommandException(file + " cannot be read as JSON: " + unreadable);
        }
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
