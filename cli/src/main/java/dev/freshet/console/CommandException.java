package dev.freshet.console;

import com.google.errorprone.annotations.FormatMethod;
import java.io.Serial;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A failure that a person can correct. The message is one sentence that says what is wrong and what
 * to do next; it is printed without a stack trace, and the exit code is 1.
 */
public class CommandException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    public CommandException(String sentence) {
        super(sentence);
    }

    public CommandException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /** Creates a failure by a format of {@link java.util.Formatter}. */
    @FormatMethod
    public CommandException(String format, @Nullable Object... arguments) {
        super(String.format(Locale.ROOT, format, arguments));
    }

    /** Creates a failure that another one caused, by a format. */
    @FormatMethod
    public CommandException(
            @Nullable Throwable cause, String format, @Nullable Object... arguments) {
        super(String.format(Locale.ROOT, format, arguments), cause);
    }

    /** Creates a failure that its cause describes. */
    public CommandException(Exception cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }

    /** Creates a failure that its cause describes, with a sentence that says what to do then. */
    public static CommandException withAdvice(Exception cause, String sentence) {
        return new CommandException(cause.getMessage() + " " + sentence, cause);
    }

    /** Returns a supplier of a failure, for a value that is absent. */
    public static Supplier<CommandException> saying(String sentence) {
        return () -> new CommandException(sentence);
    }

    /** Returns a supplier of a failure by a format, for a value that is absent. */
    @FormatMethod
    public static Supplier<CommandException> saying(String format, @Nullable Object... arguments) {
        return () -> new CommandException(format, arguments);
    }

    /** Refuses something with a sentence unless a condition holds. */
    public static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new CommandException(sentence);
        }
    }

    /** Refuses something with a sentence by a format unless a condition holds. */
    @FormatMethod
    public static void require(boolean condition, String format, @Nullable Object... arguments) {
        if (!condition) {
            throw new CommandException(format, arguments);
        }
    }
}
