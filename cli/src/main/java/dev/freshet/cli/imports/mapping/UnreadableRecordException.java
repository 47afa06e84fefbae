package dev.freshet.cli.imports.mapping;

import java.io.Serial;

/** A record does not have the form that the mapping says. */
final class UnreadableRecordException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param detail a sentence for a person
     */
    UnreadableRecordException(String detail) {
        super(detail);
    }
}
