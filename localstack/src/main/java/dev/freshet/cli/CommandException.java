package dev.freshet.cli;

import java.io.Serial;

/**
 * Something that people have to put right: one sentence that says what, and what to do next. Ends
 * with exit code 1.
 */
public final class CommandException extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    public CommandException(String sentence) {
        super(sentence);
    }

    public CommandException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
