package dev.freshet.cli.connection;

import dev.freshet.api.FreshetClient;
import dev.freshet.folder.Checkout;
import dev.freshet.folder.LocalState;
import dev.freshet.folder.OwnerKeys;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API of one stack, local or deployed, and the credential that requests to it carry.
 *
 * @param endpoint address without a trailing slash
 * @param key a key or user token; empty where none was found, and the API refuses most requests
 * @param local the state folder, where the stack is the running local cloud of this checkout
 * @param keySource what gave the key, as a person calls it: {@code --key}; "" without a key
 */
public record StackConnection(
        URI endpoint, Optional<String> key, Optional<LocalState> local, String keySource) {

    /** Creates a connection whose key was made or stored for it. */
    public StackConnection(URI endpoint, Optional<String> key, Optional<LocalState> local) {
        this(endpoint, key, local, key.isPresent() ? OWNERS : "");
    }

    /** The source of keys that the command line found or made by itself. */
    static final String OWNERS = "the stack's owner";

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
        return new FreshetClient(endpoint, key, refused());
    }

    /** Returns what to do where the API answers 401. */
    private String refused() {
        return key.isEmpty()
                ? "%s needs a key: give --key, %s, or a profile that has one."
                        .formatted(endpoint, ConnectionFinder.KEY)
                : "%s does not accept the key of %s: it is misspelt, was revoked, has expired, or is of another stack."
                        .formatted(endpoint, keySource);
    }

    /** Returns the endpoint, without the key. */
    @Override
    public String toString() {
        return "StackConnection[" + endpoint + "]";
    }
}
