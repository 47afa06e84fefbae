package dev.freshet.cli.connection;

import dev.freshet.cli.Checkout;
import dev.freshet.cli.client.FreshetClient;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API of one stack, local or deployed, and the credential that requests to it carry.
 *
 * @param endpoint address without a trailing slash
 * @param key a key or user token; empty where none was found, and the API refuses most requests
 * @param local the state folder, where the stack is the running local cloud of this checkout
 */
public record StackConnection(URI endpoint, Optional<String> key, Optional<LocalState> local) {

    /**
     * Returns the connection to a stack whose address is known.
     *
     * @param key the key or user token; null takes {@code FRESHET_KEY}, or the owner's key where
     *     the address is that of the running local cloud of this checkout
     */
    public static StackConnection at(URI endpoint, @Nullable String key) {
        return finder().find(new ConnectionFinder.Explicit(endpoint, key, null));
    }

    /**
     * Returns the connection to the local cloud that runs on a state folder, with its owner's key;
     * empty where none runs.
     */
    public static Optional<StackConnection> to(LocalState state) {
        return state.api()
                .map(
                        api ->
                                new StackConnection(
                                        api,
                                        OwnerKeys.in(state.folder()).map(OwnerKeys::secret),
                                        Optional.of(state)));
    }

    /** Returns a finder over the environment of this process and the checkout that it runs in. */
    static ConnectionFinder finder() {
        return new ConnectionFinder(
                System.getenv(),
                ProfileFile.usual(System.getenv(), System.getProperty("user.home")),
                Checkout.locate().map(home -> new LocalState(home.resolve(LocalState.FOLDER))));
    }

    /** Returns a client of the API, which the caller closes. */
    public FreshetClient client() {
        return new FreshetClient(endpoint, key);
    }

    /** Returns the endpoint, without the key. */
    @Override
    public String toString() {
        return "StackConnection[" + endpoint + "]";
    }
}
