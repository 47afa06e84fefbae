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
 * The authenticator, primed so that its first caller does not wait for class loading, a connection
 * to the key table and the secret. Around a memory snapshot (Lambda SnapStart) all of it is primed
 * again.
 */
public final class PrimedAuthenticator implements Resource {
    /** A credential in the form of a secret key, which no stack has issued. */
    private static final String PRIMER = "Bearer fsk_freshetprime_" + "a".repeat(52);

    private static final Logger LOG = LoggerFactory.getLogger(PrimedAuthenticator.class);

    private final Authenticator authenticator;
    private final Secrets secrets;
    private final SnapStartHooks hooks;

    PrimedAuthenticator(Authenticator authenticator, Secrets secrets, SnapStartHooks hooks) {
        this.authenticator = authenticator;
        this.secrets = secrets;
        this.hooks = hooks;
    }

    /** Returns the authenticator. */
    public Authenticator authenticator() {
        return authenticator;
    }

    /** Runs the authentication once, and registers for hooks around snapshots. */
    public PrimedAuthenticator start() {
        prime();
        Core.getGlobalContext().register(this);
        return this;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        hooks.beforeSnapshot(this::prime);
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        hooks.afterRestore(
                () -> {
                    secrets.forget();
                    prime();
                });
    }

    private void prime() {
        try {
            authenticator.judge(PRIMER);
            secrets.secret();
        } catch (StoreUnavailableException unavailable) {
            LOG.warn(
                    "The authenticator could not be primed; the first request will load what is"
                            + " missing",
                    unavailable);
        }
    }
}
