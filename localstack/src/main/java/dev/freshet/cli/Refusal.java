package dev.freshet.cli;

import java.io.Serial;

/**
 * Something that people have to put right: one sentence that says what, and what to do next. Ends
 * with exit code 1.
 */
public final class Refusal extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    public Refusal(String sentence) {
        super(sentence);
    }

    public Refusal(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
