package dev.freshet.functions.runtime;

import dev.freshet.aws.Secrets;
import dev.freshet.model.log.Replica;
import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.query.QueryReader;
import dev.freshet.recommend.Hydrator;
import dev.freshet.recommend.Recommendations;
import dev.freshet.recommend.Recommender;
import dev.freshet.recommend.SimilarUsers;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The read flow, primed with what its first request needs: the model, the secret, open connections.
 * Before a memory snapshot (Lambda SnapStart) the hot path is run repeatedly, so that the snapshot
 * contains it loaded and compiled; after a restore, stale state is read again. A failure here does
 * not prevent a start: what cannot be loaded now is loaded later, or its absence is reported in the
 * response as degraded.
 *
 * @param executor runs tasks that need not be run one after the other
 * @param render encodes a response as the handler does
 * @param hooks runs the work around snapshots
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime
 *     hooks</a>
 */
public record ReadFlow(
        Recommender recommender,
        SimilarUsers similarUsers,
        Hydrator hydrator,
        Replica replica,
        Secrets secrets,
        InstantSource clock,
        Executor executor,
        Consumer<Recommendations> render,
        SnapStartHooks hooks)
        implements Resource {
    /** Maximum time to load the model at a start, out of the ten seconds that Lambda grants. */
    private static final Duration LOAD_AT_START = Duration.ofSeconds(7);

    /** Maximum time to load the model after a restore, within that of the hook. */
    private static final Duration LOAD_AFTER_RESTORE = SnapStartHooks.AFTER_RESTORE.minusSeconds(1);

    /** Maximum time to read the log of the model before lists in bulk. */
    private static final int MAX_SECONDS_TO_FOLLOW = 20;

    /** Number of requests run before a snapshot. */
    private static final int PRIMING_REQUESTS = 100;

    private static final String PRIMER = "{\"anonymousId\":\"freshet-priming\"}";

    private static final Logger LOG = LoggerFactory.getLogger(ReadFlow.class);

    /** Returns the newest model that this process has, refreshed if it is stale. */
    Versioned model() {
        return replica.read();
    }

    /**
     * Waits until the model is the newest one: for work that no caller waits for, where an older
     * model is worse than a wait.
     *
     * @throws StoreUnavailableException if the log of the model was not read within {@value
     *     #MAX_SECONDS_TO_FOLLOW} seconds
     */
    public void follow() {
        Instant from = clock.instant();
        replica.follow(Duration.ofSeconds(MAX_SECONDS_TO_FOLLOW));
        if (replica.status().lastLook().isBefore(from)) {
            throw new StoreUnavailableException("The model log", "the newest version was not read");
        }
    }

    /** Returns whether newer versions of the model can be read. */
    Replica.Status modelStatus() {
        return replica.status();
    }

    /**
     * Loads what the first request needs, and registers for hooks around snapshots. The hot path is
     * run once in parallel with loading, so that its classes and connections are ready when the
     * model is.
     */
    public ReadFlow start() {
        executor.execute(this::primeAtStart);
        load(LOAD_AT_START);
        Core.getGlobalContext().register(this);
        return this;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        hooks.beforeSnapshot(this::primeRepeatedly);
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        hydrator.reconnect();
        hooks.afterRestore(this::refresh);
    }

    private void primeRepeatedly() {
        for (int i = 0; i < PRIMING_REQUESTS && !Thread.currentThread().isInterrupted(); i++) {
            prime();
        }
    }

    /** Loads what changed since the snapshot, while connections are opened by a first request. */
    private void refresh() {
        secrets.forget();
        CompletableFuture<Void> primed = CompletableFuture.runAsync(this::prime, executor);
        load(LOAD_AFTER_RESTORE);
        join(primed);
    }

    /** Loads the model and the secret in parallel and waits for both. */
    private void load(Duration modelTimeout) {
        CompletableFuture<Void> secret = CompletableFuture.runAsync(this::fetchSecret, executor);
        replica.follow(modelTimeout);
        join(secret);
    }

    private static void join(CompletableFuture<Void> work) {
        try {
            work.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private void fetchSecret() {
        try {
            secrets.secret();
        } catch (StoreUnavailableException unavailable) {
            LOG.warn(
                    "The secret could not be loaded yet; the first request will fetch it",
                    unavailable);
        }
    }

    private void primeAtStart() {
        try {
            prime();
        } catch (RuntimeException failure) {
            LOG.warn("The hot path could not be primed", failure);
        }
    }

    private void prime() {
        Recommendations answer =
                recommender.recommend(QueryReader.recommendation(PRIMER, clock.instant()));
        render.accept(answer);
    }
}
