package dev.freshet.cli.lake;

import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.console.Progress;
import dev.freshet.lake.LakeReader;
import dev.freshet.model.memory.ItemNeighbours;
import dev.freshet.model.memory.NeighbourCount;
import dev.freshet.model.memory.PairWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code freshet batch neighbours}: the batch job of this name without Spark. */
@Command(
        name = "neighbours",
        mixinStandardHelpOptions = true,
        description = {
            "Counts the neighbours of items over the settled history of a lake, in this process, and"
                    + " writes the file that the batch job 'neighbours' would write, for 'freshet"
                    + " batch announce'.",
            "Reads the lake of the local cloud, running or not, or with --stack that of a stack on"
                    + " AWS, where Athena charges what a query reads. Takes at most 5,000,000 pairs of"
                    + " a person and an item, and 300 MB for them."
        })
public final class NeighboursOfLake implements Callable<Integer> {
    private static final String BY_PERSON =
            "SELECT person, item, CAST(min(taken_at) AS VARCHAR) AS first_at FROM ("
                    + NeighbourCount.TAKEN
                    + ") GROUP BY person, item ORDER BY person";

    @Parameters(paramLabel = "FILE", description = "The file to write.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--history",
            paramLabel = "N",
            description = "Latest items of a person that are used. Default: ${DEFAULT-VALUE}.")
    private int history = PairWeights.DEFAULT.history();

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "Most steps between the items of a pair. Default: ${DEFAULT-VALUE}.")
    private int window = PairWeights.DEFAULT.window();

    @Option(
            names = "--people",
            paramLabel = "N",
            description = "Least number of people behind a pair. Default: ${DEFAULT-VALUE}.")
    private int people = PairWeights.DEFAULT.people();

    @Mixin private final LakeOption lake = new LakeOption();

    @Mixin private final Output output = new Output();

    /** A file that was written. */
    private record Written(String file, int items, long bytes) {}

    private record Taken(String item, long firstAt) {}

    @Override
    public Integer call() throws IOException {
        PairWeights weights;
        try {
            weights = new PairWeights(history, window, people);
        } catch (IllegalArgumentException unfit) {
            throw new CommandException(unfit);
        }
        NeighbourCount count = new NeighbourCount(weights);
        output.note("Reading the lake …");
        lake.read(reader -> read(reader, count));
        List<ItemNeighbours> items;
        try (Progress progress = output.progress("Items", count.items())) {
            items = count.nearest(progress::at);
        }
        byte[] bytes = ItemNeighbours.file(items);
        Files.write(file, bytes);
        return output.result(
                new Written(file.toString(), items.size(), bytes.length),
                "Wrote %,d items with neighbours, %,d bytes, to %s: 'freshet batch announce' brings"
                        + " them to the model.",
                items.size(),
                bytes.length,
                file);
    }

    /**
     * Adds the people of a lake.
     *
     * @throws CommandException if there is no room for them
     */
    static void read(LakeReader lake, NeighbourCount to) {
        try (LakeReader.Cursor rows = lake.query(BY_PERSON)) {
            String person = "";
            List<Taken> taken = new ArrayList<>();
            for (List<@Nullable String> row = rows.next(); row != null; row = rows.next()) {
                String next = Objects.requireNonNull(row.get(0));
                if (!next.equals(person)) {
                    add(taken, to);
                    person = next;
                }
                taken.add(
                        new Taken(
                                Objects.requireNonNull(row.get(1)),
                                Long.parseLong(Objects.requireNonNull(row.get(2)))));
            }
            add(taken, to);
        }
    }

    private static void add(List<Taken> taken, NeighbourCount to) {
        taken.sort(Comparator.comparingLong(Taken::firstAt).thenComparing(Taken::item));
        CommandException.require(
                to.add(taken.stream().map(Taken::item).toList()),
                "The lake has more than %,d pairs of a person and an item: run the job 'neighbours'"
                        + " by Spark ('freshet batch start --stack', or spark-submit).",
                NeighbourCount.MOST);
        taken.clear();
    }
}
