package dev.freshet.model.log;

import dev.freshet.model.Model;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the newest model in the memory of a process, which follows the model log. Requests get
 * the present version at once. Newer versions are looked for concurrently with requests, or before
 * one if the last successful refresh is long ago: within Lambda a process is frozen between
 * requests, and no other work is done meanwhile. One refresh runs at a time. A refresh that fails,
 * or finds a damaged object, keeps the last good version and reports the fault in {@link #status}.
 *
 * <p>A refresh reads the announcement of the newest version, and the log itself only where that
 * does not lead to it: at the start, each {@link #BETWEEN_LOGS}, after a fault, and where the
 * announcement names an object that does not hold all versions between.
 */
public final class Replica {
    /** The age of the last successful refresh above which a request waits for one. */
    public static final Duration STALE = Duration.ofSeconds(5);

    /** The longest time that a request waits while refreshes go on. */
    public static final Duration MAX_WAIT = Duration.ofMillis(100);

    /**
     * The time without refreshes after which connections count as closed, as after a freeze of the
     * process between two requests.
     */
    public static final Duration IDLE = Duration.ofSeconds(20);

    /**
     * The longest time that a request waits for the first refresh after {@link #IDLE}, which opens
     * connections to two services, and for one that may replace the empty model, of which no list
     * can be made.
     */
    public static final Duration MAX_WAIT_AFTER_IDLE = Duration.ofSeconds(1);

    /** The least time between two refreshes concurrent with requests. */
    public static final Duration BETWEEN_LOOKS = Duration.ofMillis(150);

    /**
     * The longest time without reading the log itself: within it a version is found whose
     * announcement was lost, and another model that became current.
     */
    public static final Duration BETWEEN_LOGS = Duration.ofSeconds(10);

    /**
     * The least time between two reads of objects while versions follow each other faster than
     * this: one span then brings all of them.
     */
    public static final Duration BETWEEN_SPANS = Duration.ofSeconds(1);

    /** The least time from a failed refresh to the next. */
    public static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    /** The least time between two computations of the popularity lists. */
    static final Duration BETWEEN_REFRESHES = Duration.ofSeconds(1);

    /**
     * A model with its version.
     *
     * @param version version number, 0 for the empty model
     * @param at when the version was made
     */
    public record Versioned(Model model, long version, Instant at) {}

    /**
     * The health of a replica.
     *
     * @param version version number of the present model
     * @param lastLook when the log was last read to its end or to a damaged object; the epoch if
     *     never
     * @param failures number of failed refreshes since the start
     * @param damaged number of damaged objects found since the start
     * @param trouble a sentence about the fault of the last refresh, or null
     */
    public record Status(
            long version,
            Instant lastLook,
            long failures,
            long damaged,
            @Nullable String trouble) {}

    private record State(Versioned versioned, Instant derivedAt, boolean derivedIsOwn) {}

    private final ModelLogs logs;
    private final Versioned empty;
    private final InstantSource clock;
    private final Executor executor;
    private volatile State state;
    private volatile Status status = new Status(0, Instant.EPOCH, 0, 0, null);
    private volatile Instant nextLook = Instant.EPOCH;
    private volatile Instant lastStart = Instant.EPOCH;
    private @Nullable CompletableFuture<Void> inFlight;
    private volatile @Nullable String modelId;
    private final ReplicaMemory memory;

    private volatile @Nullable Loading loading;
    private volatile Instant logReadAt = Instant.EPOCH;
    private volatile Instant objectReadAt = Instant.EPOCH;

    /** Another model, as far as it has been loaded, until it replaces the present one. */
    private record Loading(String modelId, Versioned reached) {}

    /**
     * Creates a replica of a single model, which has not read the log yet.
     *
     * @param settings settings of the empty model, which is used while the log has no version
     * @param executor runs refreshes and their reads, several at a time: virtual threads, or in a
     *     test the caller's own; never a pool of one thread, since a refresh waits for its reads
     */
    public Replica(ModelLog log, ModelSettings settings, InstantSource clock, Executor executor) {
        this(ModelLogs.only(log), settings, clock, executor);
    }

    /**
     * Creates a replica of the current model of a stack; each refresh determines which one is
     * current. When the current model has changed, the new one is loaded as at the start, since
     * versions of two models cannot be compared; until it is loaded, the present one is served.
     */
    public Replica(ModelLogs logs, ModelSettings settings, InstantSource clock, Executor executor) {
        this.logs = logs;
        this.empty = new Versioned(Model.empty(settings), 0, Instant.EPOCH);
        this.clock = clock;
        this.executor = executor;
        memory = new ReplicaMemory(executor, clock);
        state = new State(empty, Instant.EPOCH, true);
    }

    /** Returns the present version without looking for a newer one. */
    public Versioned current() {
        return state.versioned;
    }

    /** Returns the health of this replica. */
    public Status status() {
        return status;
    }

    /**
     * Returns the version to answer a request from. Starts a refresh if one is due, and waits for
     * it only when the present version is stale.
     */
    public Versioned read() {
        Instant now = clock.instant();
        if (now.isBefore(nextLook)) {
            return current();
        }
        Duration wait = mostWait(now);
        if (wait.isPositive()) {
            return follow(wait);
        }
        startInBackground();
        return current();
    }

    /**
     * Returns how long a request waits for a refresh at most; zero while this copy is fresh, which
     * the empty model never is.
     */
    Duration mostWait(Instant now) {
        if (status.version() == 0 && status.trouble() == null) {
            return MAX_WAIT_AFTER_IDLE;
        }
        if (!now.isAfter(status.lastLook.plus(STALE))) {
            return Duration.ZERO;
        }
        return now.isAfter(lastStart.plus(IDLE)) ? MAX_WAIT_AFTER_IDLE : MAX_WAIT;
    }

    /**
     * Refreshes, or joins the refresh in progress, and waits for at most {@code budget}. Returns
     * the version that is present then, whether or not the refresh succeeded.
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
            throw new IllegalStateException(
                    "refreshing the model from the model log failed unexpectedly",
                    failed.getCause());
        }
        return current();
    }

    /**
     * Refreshes and waits until done: at the start of a process, and first of all after a SnapStart
     * restore.
     */
    public Versioned load() {
        return follow(Duration.ofMinutes(5));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // look() reports its failures in the status
    private void startInBackground() {
        start();
    }

    private synchronized CompletableFuture<Void> start() {
        CompletableFuture<Void> running = inFlight;
        if (running != null && !running.isDone()) {
            return running;
        }
        lastStart = clock.instant();
        nextLook = lastStart.plus(BETWEEN_LOOKS);
        CompletableFuture<Void> started = CompletableFuture.runAsync(this::look, executor);
        inFlight = started;
        return started;
    }

    private void look() {
        try {
            if (!lookAtNewest()) {
                look(logs.glance().current());
            }
        } catch (StoreUnavailableException unavailable) {
            failed(unavailable);
        }
    }

    /** Refreshes by the announced version; returns false if the log has to be read instead. */
    private boolean lookAtNewest() {
        Instant now = clock.instant();
        boolean due = !now.isBefore(logReadAt.plus(BETWEEN_LOGS));
        String present = modelId;
        if (present == null || due || status.trouble() != null) {
            return false;
        }
        Optional<NewestVersion> announced = logs.newest();
        if (announced.isEmpty() || !announced.get().modelId().equals(present)) {
            return false;
        }
        NewestVersion newest = announced.get();
        Versioned from = state.versioned;
        if (newest.version() <= from.version()) {
            adopt(from, false);
        } else if (newest.span() != null && now.isBefore(objectReadAt.plus(BETWEEN_SPANS))) {
            return true;
        } else {
            Optional<Versioned> reached =
                    new LogFollower(logs.log(present), executor).followTo(newest, from);
            if (reached.isEmpty()) {
                return false;
            }
            objectReadAt = now;
            adopt(reached.get(), false);
        }
        report(clock.instant(), 0, 0, null);
        return true;
    }

    private void look(String current) {
        boolean other = modelId != null && !current.equals(modelId);
        Versioned from = state.versioned;
        if (other) {
            Loading begun = loading;
            from = begun != null && begun.modelId().equals(current) ? begun.reached() : empty;
        }
        LogFollower.Result found = new LogFollower(logs.log(current), executor).follow(from);
        if (!other) {
            boolean first = modelId == null;
            modelId = current;
            adopt(found.versioned(), first);
        } else if (found.unanswered() == null && found.trouble() == null) {
            modelId = current;
            replaceModel(found.versioned(), current);
        } else {
            loading = new Loading(current, found.versioned());
        }
        if (found.unanswered() != null) {
            failed(found.unanswered());
            return;
        }
        logReadAt = clock.instant();
        boolean damaged = found.trouble() != null;
        report(clock.instant(), 0, damaged ? 1 : 0, found.trouble());
        if (damaged) {
            nextLook = clock.instant().plus(AFTER_FAILURE);
        }
    }

    private void failed(StoreUnavailableException unanswered) {
        report(status.lastLook, 1, 0, unanswered.getMessage());
        nextLook = clock.instant().plus(AFTER_FAILURE);
    }

    private void report(Instant lastLook, int failed, int damaged, @Nullable String trouble) {
        status =
                new Status(
                        state.versioned.version(),
                        lastLook,
                        status.failures + failed,
                        status.damaged + damaged,
                        trouble);
    }

    private void replaceModel(Versioned found, String current) {
        loading = null;
        Model model = memory.attach(found.model(), current, logs.log(current), true);
        state =
                new State(
                        new Versioned(model.derived(), found.version(), found.at()),
                        clock.instant(),
                        true);
    }

    /**
     * Makes a version of the present model the one that is served.
     *
     * @param first whether it is the first one since the process began
     */
    @SuppressWarnings("ReferenceEquality") // neighbours are loaded once for each name
    private void adopt(Versioned found, boolean first) {
        State before = state;
        Instant now = clock.instant();
        String of = Objects.requireNonNull(modelId);
        Model known = memory.attach(found.model(), of, logs.log(of), first);
        boolean newer =
                found.version() != before.versioned.version()
                        || known.longMemory() != before.versioned.model().longMemory();
        boolean due = !now.isBefore(before.derivedAt.plus(BETWEEN_REFRESHES));
        if (!newer && (before.derivedIsOwn || !due)) {
            return;
        }
        Model model = known.derivedFrom(before.versioned.model());
        state =
                due
                        ? new State(
                                new Versioned(model.derived(), found.version(), found.at()),
                                now,
                                true)
                        : new State(
                                new Versioned(model, found.version(), found.at()),
                                before.derivedAt,
                                false);
    }
}
