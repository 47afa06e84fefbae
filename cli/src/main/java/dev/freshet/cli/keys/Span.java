package dev.freshet.cli.keys;

import dev.freshet.cli.CommandException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;

/** Reads durations of the command line: {@code 90m}, {@code 36h}, {@code 30d}. */
final class Span {
    private static final Duration LONGEST = Duration.ofDays(3_660);

    private Span() {}

    /**
     * Returns the duration that a text names.
     *
     * @param option name of the option, for the message
     */
    static Duration of(String option, String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        try {
            if (upper.matches("[0-9]{1,9}[SMHD]")) {
                Duration span = Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
                if (span.compareTo(LONGEST) <= 0) {
                    return span;
                }
            }
        } catch (DateTimeException | ArithmeticException tooLong) {
            throw none(option, text);
        }
        throw none(option, text);
    }

    private static CommandException none(String option, String text) {
        return new CommandException(
                option
                        + " must be a time such as 90m, 36h or 30d, at most ten years, not '"
                        + text
                        + "'.");
    }
}
