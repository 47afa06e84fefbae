package dev.freshet.bench.evaluate;

import dev.freshet.cli.CommandException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the protocols that learn first and rank then. */
final class TestOptions {
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

    /** Returns whether such a protocol was asked for. */
    boolean isGiven() {
        return splitAt != null || leaveLastOneOut;
    }

    /** Checks that the options fit each other. */
    void check() {
        if (splitAt != null && leaveLastOneOut) {
            throw new CommandException(
                    "--split-at and --leave-last-one-out are two protocols; choose one.");
        }
        if (frozen && splitAt == null) {
            throw new CommandException("--frozen needs --split-at.");
        }
    }

    /**
     * Returns the plan for a stream.
     *
     * @param sessions whether each person of the stream is a session
     * @throws CommandException if one part of it would be empty
     */
    TestPlan plan(Trace trace, boolean repeats, boolean sessions, int every) {
        TestPlan.Rules rules = new TestPlan.Rules(repeats, frozen, sessions, every);
        TestPlan plan =
                splitAt == null
                        ? TestPlan.leaveLastOneOut(trace, rules)
                        : TestPlan.splitAt(trace, point(splitAt), rules);
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
        return plan;
    }

    private static SplitPoint point(String text) {
        try {
            return SplitPoint.parse(text);
        } catch (IllegalArgumentException unreadable) {
            throw new CommandException("--split-at: " + unreadable.getMessage(), unreadable);
        }
    }
}
