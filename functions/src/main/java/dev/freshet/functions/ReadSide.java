package dev.freshet.functions;

import dev.freshet.feature.StoreUnavailableException;
import dev.freshet.model.Replica;
import dev.freshet.query.QueryReader;
import dev.freshet.recommend.Hydrator;
import dev.freshet.recommend.Recommender;
import dev.freshet.storage.Secrets;
import java.time.Duration;
import java.time.InstantSource;
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
final class ReadSide implements Resource {
    /** Lambda gives ten seconds to a start and to a restore. */
    private static final Duration LOAD = Duration.ofSeconds(7);

    /** Requests made before a snapshot. */
    private static final int PRIMING = 100;

    private static final String PRIMER = "{\"anonymousId\":\"freshet-priming\"}";

    private static final Logger LOG = LoggerFactory.getLogger(ReadSide.class);

    private final Recommender recommender;
    private final Hydrator hydrator;
    private final Replica replica;
    private final Secrets secrets;
    private final InstantSource clock;

    ReadSide(
            Recommender recommender,
            Hydrator hydrator,
            Replica replica,
            Secrets secrets,
            InstantSource clock) {
        this.recommender = recommender;
        this.hydrator = hydrator;
        this.replica = replica;
        this.secrets = secrets;
        this.clock = clock;
    }

    Recommender recommender() {
        return recommender;
    }

    /** Loads what the first request needs, and takes part in snapshots from now on. */
    ReadSide start() {
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

    private void load() {
        replica.follow(LOAD);
        try {
            secrets.secret();
        } catch (StoreUnavailableException later) {
            LOG.warn("The secret is not at hand yet", later);
        }
    }

    private void prime() {
        recommender.recommend(QueryReader.recommendation(PRIMER, clock.instant()));
    }
}
