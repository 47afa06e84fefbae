package dev.freshet.functions.runtime;

import dev.freshet.access.Authenticator;
import dev.freshet.aws.Secrets;
import dev.freshet.store.StoreUnavailableException;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The door with what its first caller would else wait for: classes, an open connection, the secret.
 * Around a snapshot of the process's memory (Lambda SnapStart) all of it is made anew.
 */
public final class PrimedAuthenticator implements Resource {
    /** In the form of a key, and nobody's. */
    private static final String PRIMER = "Bearer fsk_freshetprime_" + "a".repeat(52);

    private static final Logger LOG = LoggerFactory.getLogger(PrimedAuthenticator.class);

    private final Authenticator authenticator;
    private final Secrets secrets;

    PrimedAuthenticator(Authenticator authenticator, Secrets secrets) {
        this.authenticator = authenticator;
        this.secrets = secrets;
    }

    public Authenticator authenticator() {
        return authenticator;
    }

    /** Runs the hot path once, and takes part in snapshots from now on. */
    public PrimedAuthenticator start() {
        prime();
        Core.getGlobalContext().register(this);
        return this;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        prime();
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        secrets.forget();
        prime();
    }

    private void prime() {
        try {
            authenticator.judge(PRIMER);
            secrets.secret();
        } catch (StoreUnavailableException later) {
            LOG.warn("The door is not primed yet", later);
        }
    }
}
