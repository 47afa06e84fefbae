package dev.freshet.cli;

import java.io.Serial;
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

    /** Creates a failure that its cause describes. */
    public CommandException(Exception cause) {
        super(String.valueOf(cause.getMessage()), cause);
    }

    /** Returns a supplier of a failure, for a value that is absent. */
    public static Supplier<CommandException> saying(String sentence) {
        return () -> new CommandException(sentence);
    }
}
