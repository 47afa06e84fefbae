package dev.freshet.local.host;

import dev.freshet.cli.CommandException;
import java.io.Serial;

/**
 * Thrown when the local cloud cannot do what was requested; the message is one sentence for people
 * that says what to do next.
 */
public final class LocalCloudException extends CommandException {

    @Serial private static final long serialVersionUID = 1L;

    public LocalCloudException(String sentence) {
        super(sentence);
    }

    public LocalCloudException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
