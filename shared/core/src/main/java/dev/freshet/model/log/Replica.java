package dev.freshet.model.log;

import dev.freshet.model.Model;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the newest model that follows the log. Answers at once with what it has; looks for
 * newer versions beside the requests, or in front of one when the last successful look is long ago:
 * within Lambda a process is frozen between requests, and nothing beside them happens. One look at
 * a time; a look that fails, or meets a damaged object, leaves the last good version in place and
 * says so in {@link #status}.
 */
public final class Replica {
    /** Past this age of the last successful look, a request waits for one. */
    public static final Duration STALE = Duration.ofSeconds(5);

    /** The longest that a request waits. */
    public static final Duration MOST_WAIT = Duration.ofMillis(100);

    /** The least time between two looks beside requests. */
    public static final Duration BETWEEN_LOOKS = Duration.ofMillis(150);

    /** The least time after a look that failed. */
    public static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** The least time between two refreshes of derived tops. */
    static final Duration BETWEEN_REFRESHES = Duration.ofSeconds(1);

    /**
     * A model and which one it is.
     *
     * @param version 0 for the empty model that stands before any
     * @param at when the version was made
     */
    public record Versioned(Model model, long version, Instant at) {}

    /**
     * How it goes.
     *
     * @param lastLook when the log was last read to its end or to a damaged object; the epoch if
     *     never
     * @param failures looks that failed since the start
     * @param damaged damaged objects met since the start
     * @param trouble a sentence on what went wrong at the last look, or null
     */
    public record Status(
            long version,
            Instant lastLook,
            long failures,
            long damaged,
            @Nullable String trouble) {}

    private record Held(Versioned versioned, Instant derivedAt, boolean derivedIsOwn) {}

    private final ModelLogs logs;
    private final Versioned empty;
    private final InstantSource clock;
    private final Executor executor;
    private volatile Held held;
    private volatile Status status = new Status(0, Instant.EPOCH, 0, 0, null);
    private volatile Instant nextLook = Instant.EPOCH;
    private @Nullable CompletableFuture<Void> inFlight;
    private volatile @Nullable String modelId;

    private volatile @Nullable Loading loading;

    /** Another model, as far as it was come by, until it takes the present one's place. */
    private record Loading(String modelId, Versioned reached) {}

    /**
     * A replica that has not looked yet.
     *
     * @param settings of the empty model, where the log has no version yet
     * @param executor runs looks and loads, several at a time: virtual threads, or for a test the
     *     caller's own; never a pool of one, since a look waits for its loads
     */
    public Replica(ModelLog log, ModelSettings settings, InstantSource clock, Executor executor) {
        this(ModelLogs.only(log), settings, clock, executor);
    }

    /**
     * A replica of whichever model is current; which one that is, is part of each look. When
     * another has become it, that one is loaded as at the start, since versions of two models
     * cannot be compared; until it is, the present one goes on answering.
     */
    public Replica(ModelLogs logs, ModelSettings settings, InstantSource clock, Executor executor) {
        this.logs = logs;
        this.empty = new Versioned(Model.empty(settings), 0, Instant.EPOCH);
        this.clock = clock;
        this.executor = executor;
        held = new Held(empty, Instant.EPOCH, true);
    }

    /** What it has, without looking. */
    public Versioned current() {
        return held.versioned;
    }

    public Status status() {
        return status;
    }

    /**
     * What a request is to be answered from: starts a look if one is due, and waits for it only
     * when stale.
     */
    public Versioned read() {
        Instant now = clock.instant();
        if (now.isAfter(status.lastLook.plus(STALE)) && !now.isBefore(nextLook)) {
            return follow(MOST_WAIT);
        }
        if (!now.isBefore(nextLook)) {
            startBeside();
        }
        return current();
    }

    /**
     * Looks, or joins the look under way, and waits at most {@code budget}; whatever came of it,
     * what there is then.
     */
    public Versioned follow(Duration budget) {
        CompletableFuture<Void> look = start();
        try {
            look.get(budget.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            return current();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a look at the model log broke", failed.getCause());
        }
        return current();
    }

    /** Looks and waits until done: at the start of a process, and first after a restore. */
    public Versioned load() {
        return follow(Duration.ofMinutes(5));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look() tells of what it meets in the status
    private void startBeside() {
        start();
    }

    private synchronized CompletableFuture<Void> start() {
        CompletableFuture<Void> running = inFlight;
        if (running != null && !running.isDone()) {
            return running;
        }
        nextLook = clock.instant().plus(BETWEEN_LOOKS);
        CompletableFuture<Void> started = CompletableFuture.runAsync(this::look, executor);
        inFlight = started;
        return started;
    }

    private void look() {
        try {
            look(logs.glance().current());
        } catch (StoreUnavailableException unavailable) {
            failed(unavailable);
        }
    }

    private void look(String current) {
        boolean other = modelId != null && !current.equals(modelId);
        Versioned from = held.versioned;
        if (other) {
            Loading begun = loading;
            from = begun != null && begun.modelId().equals(current) ? begun.reached() : empty;
        }
        LogFollower.Found found = new LogFollower(logs.log(current), executor).follow(from);
        if (!other) {
            adopt(found.versioned());
            modelId = current;
        } else if (found.unanswered() == null && found.trouble() == null) {
            exchange(found.versioned());
            modelId = current;
        } else {
            loading = new Loading(current, found.versioned());
        }
        if (found.unanswered() != null) {
            failed(found.unanswered());
            return;
        }
        boolean damaged = found.trouble() != null;
        status =
                new Status(
                        held.versioned.version(),
                        clock.instant(),
                        status.failures,
                        status.damaged + (damaged ? 1 : 0),
                        found.trouble());
        if (damaged) {
            nextLook = clock.instant().plus(AFTER_FAILURE);
        }
    }

    private void failed(StoreUnavailableException unanswered) {
        status =
                new Status(
                        held.versioned.version(),
                        status.lastLook,
                        status.failures + 1,
                        status.damaged,
                        unanswered.getMessage());
        nextLook = clock.instant().plus(AFTER_FAILURE);
    }

    private void exchange(Versioned found) {
        loading = null;
        held =
                new Held(
                        new Versioned(found.model().derived(), found.version(), found.at()),
                        clock.instant(),
                        true);
    }

    private void adopt(Versioned found) {
        Held before = held;
        Instant now = clock.instant();
        boolean newer = found.version() != before.versioned.version();
        boolean due = !now.isBefore(before.derivedAt.plus(BETWEEN_REFRESHES));
        if (!newer && (before.derivedIsOwn || !due)) {
            return;
        }
        Model model = found.model().derivedFrom(before.versioned.model());
        held =
                due
                        ? new Held(
                                new Versioned(model.derived(), found.version(), found.at()),
                                now,
                                true)
                        : new Held(
                                new Versioned(model, found.version(), found.at()),
                                before.derivedAt,
                                false);
    }
}
