package dev.freshet.cli.connection;

import dev.freshet.console.CommandException;
import dev.freshet.folder.LocalState;
import dev.freshet.folder.OwnerKeys;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the stack whose API a command calls. The first of these places that names one is used:
 *
 * <ol>
 *   <li>the option {@code --endpoint} or {@code --profile},
 *   <li>the variable {@value #ENDPOINT},
 *   <li>the profile named by {@value #PROFILE},
 *   <li>the running local cloud of the checkout, which is also the profile {@value #LOCAL_PROFILE},
 *   <li>the profile {@value #DEFAULT_PROFILE} if the file has one.
 * </ol>
 *
 * <p>The key is that of {@code --key}, else of the profile, else of {@value #KEY}, else the owner's
 * key where the endpoint is the local cloud. A profile's key is sent to that profile's endpoint
 * only, and the owner's key of the local cloud to that cloud only.
 *
 * @param environment variables of the process
 * @param profiles file of profiles, read when it is needed
 * @param checkout state folder of the checkout; empty outside of one
 */
record ConnectionFinder(
        Map<String, String> environment, ProfileFile profiles, Optional<LocalState> checkout) {
    static final String ENDPOINT = "FRESHET_ENDPOINT";
    static final String KEY = "FRESHET_KEY";
    static final String PROFILE = "FRESHET_PROFILE";
    static final String DEFAULT_PROFILE = "default";
    static final String LOCAL_PROFILE = "local";

    /**
     * The options of the command line; null where they are absent.
     *
     * @param profile name of a profile
     */
    record Explicit(@Nullable URI endpoint, @Nullable String key, @Nullable String profile) {}

    /** A key, and what gave it. */
    private record Key(String secret, String source) {}

    /**
     * Finds the stack.
     *
     * @throws CommandException where nothing names one, or what names it cannot be used
     */
    StackConnection find(Explicit explicit) {
        Optional<Key> key =
                Optional.ofNullable(explicit.key()).map(secret -> new Key(secret, "--key"));
        if (explicit.endpoint() != null) {
            CommandException.require(
                    explicit.profile() == null, "Give --endpoint or --profile, not both.");
            return connection(endpoint(explicit.endpoint().toString(), "--endpoint"), key);
        }
        if (explicit.profile() != null) {
            return profile(explicit.profile(), key);
        }
        Optional<String> address = variable(ENDPOINT);
        if (address.isPresent()) {
            return connection(endpoint(address.get(), ENDPOINT), key);
        }
        Optional<String> named = variable(PROFILE);
        if (named.isPresent()) {
            return profile(named.get(), key);
        }
        return checkout.flatMap(LocalState::api).isPresent()
                ? local(key)
                : profiles.find(DEFAULT_PROFILE)
                        .map(profile -> connection(DEFAULT_PROFILE, profile, key))
                        .orElseThrow(this::nothingFound);
    }

    private StackConnection profile(String name, Optional<Key> key) {
        return name.equals(LOCAL_PROFILE)
                ? local(key)
                : connection(name, profiles.require(name), key);
    }

    private StackConnection connection(
            String name, ProfileFile.Profile profile, Optional<Key> key) {
        String source = "the profile '%s'".formatted(name);
        return connection(
                profile.endpoint(),
                key.or(() -> profile.key().map(secret -> new Key(secret, source))));
    }

    private StackConnection local(Optional<Key> key) {
        URI api = checkout.flatMap(LocalState::api).orElseThrow(this::nothingFound);
        return connection(api, key);
    }

    private StackConnection connection(URI endpoint, Optional<Key> key) {
        Optional<LocalState> local =
                checkout.filter(state -> state.api().filter(endpoint::equals).isPresent());
        Optional<Key> found =
                key.or(() -> variable(KEY).map(secret -> new Key(secret, KEY)))
                        .or(
                                () ->
                                        local.flatMap(state -> OwnerKeys.in(state.folder()))
                                                .map(OwnerKeys::secret)
                                                .map(
                                                        secret ->
                                                                new Key(
                                                                        secret,
                                                                        StackConnection.OWNERS)));
        return new StackConnection(
                endpoint, found.map(Key::secret), local, found.map(Key::source).orElse(""));
    }

    private CommandException nothingFound() {
        return new CommandException(
                "%s name a stack by --endpoint and --key, by %s and %s, or by a profile in %s.",
                checkout.isPresent()
                        ? "No local cloud runs here: start one with './freshet up', name the folder of another with --state, or"
                        : "No stack was named, and this folder is not in a checkout of Freshet:",
                ENDPOINT,
                KEY,
                profiles.path());
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /**
     * Returns the address of an API without slashes at its end; the output {@code ApiUrl} of a
     * stack has one.
     *
     * @param source what gave the address, for the message
     * @throws CommandException unless it is an http or https address with a host, and without query
     */
    static URI endpoint(String text, String source) {
        try {
            URI address = URI.create(text.replaceFirst("/+$", ""));
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if (Set.of("http", "https").contains(scheme)
                    && address.getHost() != null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (IllegalArgumentException malformed) {
            // the sentence below says it
        }
        throw new CommandException(
                "%s must be an address such as https://api.example.org/prod, not '%s'.",
                source, text);
    }
}
