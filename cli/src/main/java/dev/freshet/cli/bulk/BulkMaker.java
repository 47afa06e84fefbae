package dev.freshet.cli.bulk;

import dev.freshet.bulk.BulkRun.LineRange;
import java.io.IOException;
import java.util.function.Consumer;

/** Makes the lists of a run, on AWS or on the local cloud. */
interface BulkMaker {
    /** The users without a list. */
    interface Remaining {
        /** Calls with each user, in the order of the lines. */
        void users(Consumer<BulkInput.User> each);
    }

    /**
     * Makes lists and takes them into the folder.
     *
     * @param taken receives the lines of each file that the folder has got
     * @throws dev.freshet.cli.CommandException if the request is refused or the run fails; what the
     *     folder has stays
     */
    void make(BulkFolder folder, Remaining remaining, Consumer<LineRange> taken)
            throws IOException, InterruptedException;
}
