package dev.freshet.bench.evaluate;

import dev.freshet.cli.CommandException;
import picocli.CommandLine.Option;

/** Options that replay a part of a stream. */
final class PartOptions {
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

    /**
     * Checks the values.
     *
     * @param rankingOfStream whether the events of a stream are ranked in turn
     */
    void check(boolean rankingOfStream) {
        if (first < 1 || from < 0) {
            throw new CommandException("--first must be at least 1, and --from at least 0.");
        }
        if (isGiven() && !rankingOfStream) {
            throw new CommandException(
                    "--first and --from need a ranking of a stream, without --tune.");
        }
    }

    private boolean isGiven() {
        return first < Integer.MAX_VALUE || from > 0;
    }

    /**
     * Returns the part of a stream.
     *
     * @throws CommandException if it begins behind the last event
     */
    Trace of(Trace whole) {
        if (from >= whole.steps().size()) {
            throw new CommandException(
                    "--from: there are %,d events.".formatted(whole.steps().size()));
        }
        return isGiven() ? whole.part(from, first) : whole;
    }
}
