package dev.freshet.functions.runtime;

import dev.freshet.aws.Secrets;
import dev.freshet.model.log.Replica;
import dev.freshet.query.QueryReader;
import dev.freshet.recommend.Hydrator;
import dev.freshet.recommend.Recommendations;
import dev.freshet.recommend.Recommender;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
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
 * The read flow with what has to be at hand before its first request: the model, the secret, open
 * connections. Around a snapshot of the process's memory (Lambda SnapStart) the hot path is run
 * beforehand, so that the snapshot holds it loaded and compiled, and what went stale is read anew
 * after a restore. Nothing here fails: what cannot be loaded is loaded, or told as degraded, later.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime
 *     hooks</a>
 */
public final class ReadFlow implements Resource {
    /** Lambda gives ten seconds to a start and to a restore. */
    private static final Duration LOAD = Duration.ofSeconds(7);

    /** Requests made before a snapshot. */
    private static final int PRIMING = 100;

    private static final String PRIMER = "{\"anonymousId\":\"freshet-priming\"}";

    private static final Logger LOG = LoggerFactory.getLogger(ReadFlow.class);

    private final Recommender recommender;
    private final Hydrator hydrator;
    private final Replica replica;
    private final Secrets secrets;
    private final InstantSource clock;
    private final Executor executor;
    private final Consumer<Recommendations> render;

    /**
     * Joins the parts.
     *
     * @param executor runs what need not be waited for one after the other
     * @param render encodes an answer as a handler does
     */
    ReadFlow(
            Recommender recommender,
            Hydrator hydrator,
            Replica replica,
            Secrets secrets,
            InstantSource clock,
            Executor executor,
            Consumer<Recommendations> render) {
        this.recommender = recommender;
        this.hydrator = hydrator;
        this.replica = replica;
        this.secrets = secrets;
        this.clock = clock;
        this.executor = executor;
        this.render = render;
    }

    public Recommender recommender() {
        return recommender;
    }

    /**
     * Loads what the first request needs, and takes part in snapshots from now on. The hot path is
     * run once beside the loading: its classes and connections are there when the model is.
     */
    public ReadFlow start() {
        executor.execute(this::primeAtStart);
        load();
        Core.getGlobalContext().register(this);
        return this;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        for (int i = 0; i < PRIMING; i++) {
            prime();
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        secrets.forget();
        hydrator.reconnect();
        load();
        prime();
    }

    /** Waits for the model and the secret, which come side by side. */
    private void load() {
        CompletableFuture<Void> secret = CompletableFuture.runAsync(this::fetchSecret, executor);
        replica.follow(LOAD);
        try {
            secret.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    private void fetchSecret() {
        try {
            secrets.secret();
        } catch (StoreUnavailableException later) {
            LOG.warn("The secret is not at hand yet", later);
        }
    }

    private void primeAtStart() {
        try {
            prime();
        } catch (RuntimeException unprimed) {
            LOG.warn("The hot path could not be run beforehand", unprimed);
        }
    }

    private void prime() {
        Recommendations answer =
                recommender.recommend(QueryReader.recommendation(PRIMER, clock.instant()));
        render.accept(answer);
    }
}
