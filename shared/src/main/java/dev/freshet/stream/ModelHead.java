package dev.freshet.stream;

import dev.freshet.feature.StoreUnavailableException;
import dev.freshet.model.LogFollower;
import dev.freshet.model.Model;
import dev.freshet.model.ModelLog;
import dev.freshet.model.ModelSettings;
import dev.freshet.model.Replica.Versioned;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The newest model in memory, for those who write the log. Unlike a replica it never settles for
 * less than the log's end: training from an older model would lose what lies between.
 */
final class ModelHead {
    private final ModelLog log;
    private final LogFollower follower;
    private final ModelSettings settings;
    private @Nullable Versioned held;
    private boolean certain;

    /**
     * A head that has not looked yet.
     *
     * @param loads runs reads of objects, several at a time
     */
    ModelHead(ModelLog log, ModelSettings settings, Executor loads) {
        this.log = log;
        this.settings = settings;
        this.follower = new LogFollower(log, loads);
    }

    /** What is in memory if that is known to be the log's end, else what is read to be it. */
    Versioned get() {
        Versioned known = held;
        return known != null && certain ? known : follow();
    }

    /**
     * Goes to the log's end from what is in memory, and keeps how far it came: versions never
     * change, so what was read of them stays true.
     *
     * @throws StoreUnavailableException when the log does not answer, or its end is not readable
     *     yet
     * @throws IllegalStateException when an object before its end is damaged and no snapshot lies
     *     behind it
     */
    Versioned follow() {
        Versioned from =
                held != null ? held : new Versioned(Model.empty(settings), 0, Instant.EPOCH);
        LogFollower.Found found = follower.follow(from);
        held = found.versioned();
        if (found.unanswered() != null) {
            throw found.unanswered();
        }
        long end = log.head().map(ModelLog.Version::version).orElse(0L);
        if (found.versioned().version() < end) {
            if (found.trouble() != null) {
                throw new IllegalStateException(
                        "The model log cannot be read to its end: " + found.trouble());
            }
            throw new StoreUnavailableException(
                    "Model log",
                    new IllegalStateException(
                            "its newest version " + end + " is not to be seen yet"));
        }
        certain = true;
        return found.versioned();
    }

    /** Takes what was just appended. */
    void advance(Versioned next) {
        held = next;
        certain = true;
    }

    /** What is in memory may no longer be the log's end. */
    void doubt() {
        certain = false;
    }
}
