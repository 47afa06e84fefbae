package dev.freshet.cli.quarantine;

import dev.freshet.console.CommandException;
import dev.freshet.features.Quarantine.Entry;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that select entries. */
final class Selection {

    @Parameters(
            arity = "0..*",
            paramLabel = "POSITION",
            description =
                    "Position of an entry: STREAM/SHARD@SEQUENCE as listed, or its last digits.")
    private List<String> positions = List.of();

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            description =
                    "Select entries whose reason begins so: undecodable, threw, given-up, ...")
    private @Nullable String reason;

    @Option(names = "--stream", paramLabel = "NAME", description = "Select records of this stream.")
    private @Nullable String stream;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description =
                    "Select entries since a time, 2026-11-24T12:00:00Z, or since a while ago: 90m,"
                            + " 36h, 7d.")
    private @Nullable String since;

    /**
     * Checks that the options select something.
     *
     * @param all whether every entry is meant
     */
    void requireNarrow(boolean all) {
        CommandException.require(
                all || !positions.isEmpty() || reason != null || stream != null || since != null,
                "Select entries by position, --reason, --stream or --since, or give --all.");
    }

    /** Passes on the open entries that are selected. */
    void each(Stores opened, Consumer<Entry> taker) {
        Predicate<Entry> selected = matches(opened.clock().instant());
        opened.quarantine()
                .forEachOpen(
                        entry -> {
                            if (selected.test(entry)) {
                                taker.accept(entry);
                            }
                            return true;
                        });
    }

    /**
     * Returns the only open entry that is selected.
     *
     * @throws CommandException if there is none, or another one
     */
    Entry only(Stores opened) {
        List<Entry> found = new ArrayList<>();
        Predicate<Entry> selected = matches(opened.clock().instant());
        opened.quarantine()
                .forEachOpen(
                        entry -> {
                            if (selected.test(entry)) {
                                found.add(entry);
                            }
                            return found.size() < 2;
                        });
        CommandException.require(
                !found.isEmpty(), "No open entry is selected: see 'freshet quarantine list'.");
        CommandException.require(
                found.size() == 1,
                "The selection matches %s and %s: give one position.",
                found.getFirst().position(),
                found.getLast().position());
        return found.getFirst();
    }

    /**
     * Returns the test that selected entries pass.
     *
     * @throws CommandException where a time is not understood
     */
    Predicate<Entry> matches(Instant now) {
        Instant from = since == null ? Instant.MIN : moment(since, now);
        return entry ->
                !entry.at().isBefore(from)
                        && (reason == null || entry.reason().startsWith(reason))
                        && (stream == null || entry.position().shard().startsWith(stream + "/"))
                        && (positions.isEmpty()
                                || positions.stream()
                                        .anyMatch(entry.position().toString()::endsWith));
    }

    private static Instant moment(String text, Instant now) {
        try {
            return Character.isLetter(text.charAt(text.length() - 1)) && !text.contains("T")
                    ? now.minus(ago(text))
                    : Instant.parse(text);
        } catch (DateTimeException | IndexOutOfBoundsException e) {
            throw new CommandException(
                    e,
                    "'%s' is not a time: use 2026-11-24T12:00:00Z, or 90m, 36h, 7d for so long ago.",
                    text);
        }
    }

    private static Duration ago(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        return Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
    }
}
