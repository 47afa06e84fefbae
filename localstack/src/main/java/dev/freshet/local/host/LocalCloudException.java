package dev.freshet.local.host;

import dev.freshet.console.CommandException;
import java.io.Serial;

/**
 * A failure of the local cloud that a person can correct. The message is one sentence that says
 * what is wrong and what to do next.
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
