package dev.freshet.cli;

import dev.freshet.local.host.StateFolder;
import java.net.URI;
import java.nio.file.Path;

/** Where the local cloud of a checkout answers. */
public final class RunningCloud {

    private RunningCloud() {}

    /**
     * The API of the local cloud that runs on the checkout's own state folder.
     *
     * @throws CommandException if none has been started there
     */
    public static URI find(Path checkout) {
        return StateFolder.runningApi(checkout.resolve(".freshet"))
                .orElseThrow(
                        () ->
                                new CommandException(
                                        "No local cloud runs here: start one with './freshet up'."));
    }
}
