package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Trace.Step;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.console.CommandException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose a part of a stream, and what of it is learned and ranked. */
final class StreamOptions {
    private static final int MAX_BATCH = 1_000;

    @Option(
            names = "--first",
            paramLabel = "N",
            description = "Only replay so many events of a stream. Default: all.")
    private int first = Integer.MAX_VALUE;

    @Option(
            names = "--from",
            paramLabel = "N",
            description =
                    "Begin behind so many events of a stream, as a site that begins there."
                            + " Default: ${DEFAULT-VALUE}.")
    private int from;

    @Option(
            names = "--split-at",
            paramLabel = "TIME|SHARE",
            description =
                    "Learn what was before a date, a time or a share of the events, such as 0.8, then"
                            + " rank what came after, learning on. Reports HR, MRR, NDCG and recall"
                            + " at 5, 10 and 20.")
    private @Nullable String splitAt;

    @Option(
            names = "--frozen",
            description =
                    "With --split-at: learn nothing during the test but the histories of people.")
    private boolean frozen;

    @Option(
            names = "--leave-last-one-out",
            description =
                    "Learn all but the last interaction of each person, then rank it. Not temporal.")
    private boolean leaveLastOneOut;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description =
                    "Events of one version of the model in what is learned before a test, 1 to 1000:"
                            + " with more of them it is learned faster, and a little differently."
                            + " Default: ${DEFAULT-VALUE}.")
    private int batch = 1;

    @Option(
            names = "--repeats",
            description =
                    "Rank repeats like first interactions: no item is left out for having been"
                            + " interacted with. Streams only.")
    private boolean repeats;

    /** Returns whether a protocol was asked for that learns first and ranks then. */
    boolean hasTest() {
        return splitAt != null || leaveLastOneOut;
    }

    /**
     * Checks the values, and that they fit each other.
     *
     * @param rankingOfStream whether the events of a stream are ranked
     */
    void check(boolean rankingOfStream) {
        if (first < 1 || from < 0) {
            throw new CommandException("--first must be at least 1, and --from at least 0.");
        }
        EvaluateCommand.needs(
                first < Integer.MAX_VALUE || from > 0,
                rankingOfStream,
                "--first and --from need a ranking of a stream, without --tune.");
        EvaluateCommand.needs(
                splitAt != null,
                !leaveLastOneOut,
                "--split-at and --leave-last-one-out are two protocols; choose one.");
        Measurement.unlessBetween("--batch", batch, 1, MAX_BATCH);
        EvaluateCommand.needs(
                batch > 1, hasTest(), "--batch needs --split-at or --leave-last-one-out.");
        EvaluateCommand.needs(frozen, splitAt != null, "--frozen needs --split-at.");
        EvaluateCommand.needs(
                hasTest(),
                rankingOfStream,
                "--split-at and --leave-last-one-out need a ranking of a stream, without --tune.");
        EvaluateCommand.needs(
                repeats, rankingOfStream, "--repeats needs a ranking of a stream, without --tune.");
    }

    /**
     * Returns the part of a stream.
     *
     * @throws CommandException if it begins behind the last event
     */
    Trace part(Trace whole) {
        if (from >= whole.steps().size()) {
            throw new CommandException(
                    "--from: there are %,d events.".formatted(whole.steps().size()));
        }
        return first < Integer.MAX_VALUE || from > 0 ? whole.part(from, first) : whole;
    }

    /**
     * Returns the plan for a stream.
     *
     * @param sessions whether each person of the stream is a session
     * @param every one in this many interactions is ranked
     * @throws CommandException if one part of it would be empty
     */
    Plan plan(Trace trace, boolean sessions, int every) {
        if (!hasTest()) {
            return Plan.stream(trace, repeats, every);
        }
        Plan.After after = frozen ? Plan.After.OBSERVE : Plan.After.LEARN;
        Plan plan =
                splitAt == null
                        ? Plan.leaveLastOneOut(trace, repeats, sessions, every)
                        : Plan.splitAt(
                                trace,
                                begin(splitAt, trace.steps()),
                                new Plan.Rules(repeats, after, sessions, every));
        if (plan.before().isEmpty() || plan.test().isEmpty()) {
            throw new CommandException(
                    "%s leaves nothing to %s: the events are from %s to %s."
                            .formatted(
                                    splitAt == null
                                            ? "--leave-last-one-out"
                                            : "--split-at " + splitAt,
                                    plan.before().isEmpty() ? "learn" : "test",
                                    trace.steps().getFirst().interaction().at(),
                                    trace.steps().getLast().interaction().at()));
        }
        return plan.inBatches(batch);
    }

    /**
     * Returns the number of steps before a point: a share of them such as {@code 0.8}, or a date, a
     * time such as {@code 2026-01-31T09:30:00Z}, or whole seconds since 1970.
     *
     * @throws CommandException if it is none of them
     */
    static int begin(String point, List<Step> steps) {
        try {
            if (point.matches("0?\\.\\d{1,9}") && Double.parseDouble(point) > 0) {
                return (int) (steps.size() * Double.parseDouble(point));
            }
            Instant time =
                    point.matches("\\d{2,12}")
                            ? Instant.ofEpochSecond(Long.parseLong(point))
                            : point.indexOf('T') > 0
                                    ? Instant.parse(point)
                                    : LocalDate.parse(point)
                                            .atStartOfDay(ZoneOffset.UTC)
                                            .toInstant();
            return (int)
                    steps.stream()
                            .takeWhile(step -> step.interaction().at().isBefore(time))
                            .count();
        } catch (DateTimeException unreadable) {
            throw new CommandException(
                    "--split-at: '"
                            + point
                            + "' is neither a share between 0 and 1, such as 0.8, nor a date or a"
                            + " time, such as 2026-01-31T09:30:00Z.",
                    unreadable);
        }
    }
}
