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
public record PrimedAuthenticator(
        Authenticator authenticator, Secrets secrets, SnapStartHooks hooks) implements Resource {
    /** A credential in the form of a secret key, which no stack has issued. */
    private static final String PRIMER = "Bearer fsk_freshetprime_" + "a".repeat(52);

    private static final Logger LOG = LoggerFactory.getLogger(PrimedAuthenticator.class);

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
