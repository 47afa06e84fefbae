package dev.freshet.bench;

import dev.freshet.aws.option.StackSettings;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.bench.setup.Measurement.Measured;
import dev.freshet.bench.setup.ScratchCloud;
import dev.freshet.bench.setup.Stopwatch;
import dev.freshet.console.Progress;
import dev.freshet.console.Text;
import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Strengths;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.event.Value;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.KeptProperties;
import dev.freshet.functions.runtime.StreamConsumers;
import dev.freshet.lake.LakeReader;
import dev.freshet.lake.LakeRows;
import dev.freshet.local.lake.LocalLake;
import dev.freshet.local.lake.LocalLakeReader;
import dev.freshet.training.Replay;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code freshet bench rebuild}: measures how fast a model is rebuilt from a lake. */
@Command(
        name = "rebuild",
        mixinStandardHelpOptions = true,
        description = {
            "Measures how many rows a second of a lake a model is rebuilt from, on a local cloud with a"
                    + " made-up lake.",
            "The time ends with the last row, before the rebuilt model becomes the current one."
        })
final class RebuildCommand extends Measurement {
    private static final double HUNDRED_MILLION = 1e8;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Interactions in the lake. Default: ${DEFAULT-VALUE}.")
    private int rows = 200_000;

    @Option(
            names = "--days",
            paramLabel = "N",
            description = "Days that they are spread over. Default: ${DEFAULT-VALUE}.")
    private int days = 60;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of the interactions. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    private record Figures(
            long rows,
            double seconds,
            double processorSeconds,
            long rowsPerSecond,
            double hoursOf100MillionRows,
            double processorHoursOf100MillionRows) {}

    @Override
    protected Measured measure() throws InterruptedException {
        unlessBetween("--rows", rows, 1_000, 5_000_000);
        unlessBetween("--days", days, 1, 80);
        try (ScratchCloud scratch =
                new ScratchCloud(StackSettings.of(Map.of("lake", "true")), clock, output::note)) {
            fill(scratch);
            try (LakeReader lake = new LocalLakeReader(scratch.lakeFolder())) {
                return rebuild(new StreamConsumers(scratch.cloud().settings()), lake);
            }
        }
    }

    private void fill(ScratchCloud scratch) {
        try (LocalLake lake = new LocalLake(scratch.lakeFolder());
                Progress progress = output.progress("Filling the lake, rows", rows)) {
            Instant until = clock.instant().minus(Duration.ofHours(1));
            new MadeUpLake(rows, days, seed, until).fill(lake, progress::at);
        }
    }

    private Measured rebuild(StreamConsumers stack, LakeReader lake) throws InterruptedException {
        Stopwatch stopwatch = new Stopwatch();
        try (Progress progress = output.progress("Rebuilding, rows", rows)) {
            Replay replay =
                    stack.replayFromLake("rebuilt", lake, Instant.EPOCH, output::note).replay();
            Replay.Progress reached = replay.step();
            while (reached.applied() < rows && !reached.current()) {
                progress.at(reached.applied());
                reached = replay.step();
            }
            return report(reached.applied(), stopwatch);
        }
    }

    private Measured report(long applied, Stopwatch stopwatch) {
        double perSecond = applied / stopwatch.seconds();
        double processor = stopwatch.processorSeconds();
        Figures figures =
                new Figures(
                        applied,
                        tenths(applied / perSecond),
                        tenths(processor),
                        Math.round(perSecond),
                        tenths(HUNDRED_MILLION / perSecond / 3_600),
                        tenths(HUNDRED_MILLION / applied * processor / 3_600));
        return measured(figures, new Text())
                .lines(
                        "{rows:,d} rows in {seconds:.1f} s, {rowsPerSecond:,d} a second; 100 million"
                                + " would take {hoursOf100MillionRows:.1f} h. Processor time"
                                + " {processorSeconds:.1f} s, of the local cloud too:"
                                + " {processorHoursOf100MillionRows:.1f} h.");
    }

    /**
     * Fills a lake with clicks of made-up users, and settles it: 40 clicks a user on 5,000 items,
     * of which a tenth have almost half of the clicks, evenly over the days before a time.
     *
     * @param until the time of the last click
     */
    record MadeUpLake(int rows, int days, long seed, Instant until) {
        private static final int CLICKS_OF_USER = 40;
        private static final int ITEMS = 5_000;
        private static final int ROWS_OF_FILE = 20_000;
        private static final String SHARD = "made-up/shardId-000000000000";

        /**
         * Appends the rows, and settles them.
         *
         * @param progress receives the rows that are appended
         */
        void fill(LocalLake lake, LongConsumer progress) {
            Random random = new Random(seed);
            LakeRows form =
                    new LakeRows(
                            id -> new Pseudonym(Long.parseLong(id)),
                            EventTypes.BUILT_IN,
                            Strengths.DEFAULTS::of,
                            id -> false,
                            KeptProperties.NONE);
            List<byte[]> lines = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                lines.add(line(form, i, random));
                if (lines.size() == ROWS_OF_FILE || i == rows - 1) {
                    lake.append(lines);
                    lines.clear();
                    progress.accept(i + 1L);
                }
            }
            lake.settle(until, days + 1);
        }

        private byte[] line(LakeRows form, int number, Random random) {
            Instant at =
                    until.minus(Duration.ofDays(days).multipliedBy(rows - number).dividedBy(rows));
            String user = Integer.toString(1 + random.nextInt(rows / CLICKS_OF_USER + 1));
            double first = random.nextDouble();
            double low = Math.min(first, random.nextDouble());
            int item = (int) (ITEMS * low * low);
            Event.Interaction click =
                    new Event.Interaction(
                            EventHeader.of("e-" + number, UserIdentity.user(user), at),
                            EventType.CLICK,
                            Target.item("item-" + item),
                            Value.NONE);
            StreamRecord record =
                    new StreamRecord(
                            new ShardPosition(SHARD, BigInteger.valueOf(number + 1L)),
                            user,
                            new byte[0],
                            at);
            return form.of(click, record, true).line();
        }
    }
}
