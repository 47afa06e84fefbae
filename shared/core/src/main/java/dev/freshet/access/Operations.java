package dev.freshet.access;

import dev.freshet.access.AccessKey.KeyKind;
import dev.freshet.access.Operations.Permission;
import dev.freshet.json.WireName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The operations of the API and the kinds of keys that may call each, as the OpenAPI document
 * declares them. The authorizer's policies and the functions' own checks are derived from this
 * list.
 *
 * <p>The list is read from {@code operations.txt}, which a test writes from the document and keeps
 * equal to it, so that no function needs a YAML parser.
 */
public final class Operations {
    private static final String RESOURCE = "operations.txt";

    /** Every operation that needs a credential, in the order of the document. */
    public static final List<Operation> ALL = read();

    private static final Map<String, Operation> BY_ROUTE =
            ALL.stream().collect(Collectors.toMap(Operation::toString, Function.identity()));

    private Operations() {}

    /** The operations that a credential of this kind may call. */
    public static List<Operation> of(KeyKind kind) {
        return ALL.stream().filter(operation -> operation.permission().admits(kind)).toList();
    }

    /**
     * The operation of a route, or empty if the API has no such route.
     *
     * @param method upper case
     * @param path with its parameters in braces
     */
    public static Optional<Operation> find(String method, String path) {
        return Optional.ofNullable(BY_ROUTE.get(method + " " + path));
    }

    /**
     * Whether a caller may call a route. A caller that is signed with IAM may, because API Gateway
     * has checked its policy; any other may not call a route that the API does not have.
     */
    public static boolean allow(Caller caller, String method, String path) {
        return caller.kind()
                .map(
                        kind ->
                                find(method, path)
                                        .filter(operation -> operation.permission().admits(kind))
                                        .isPresent())
                .orElse(true);
    }

    private static List<Operation> read() {
        try (InputStream in = Operations.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Operations::parse)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Operation parse(String line) {
        String[] words = line.split(" ", -1);
        if (words.length != 4) {
            throw new IllegalStateException(
                    "a line of " + RESOURCE + " is not 'permission method path id': " + line);
        }
        return new Operation(words[3], words[1], words[2], Permission.of(words[0]));
    }

    /**
     * The kinds of keys that may call an operation. Each operation of the OpenAPI document names
     * one of these in {@code x-freshet-permission}. Whether a caller may act for the user that a
     * request names is decided separately, by {@link Caller}.
     */
    public enum Permission implements WireName {
        /** The keys of pages, of signed-in users and of servers. */
        PAGES(EnumSet.of(KeyKind.PUBLISHABLE, KeyKind.USER_TOKENS, KeyKind.SECRET)),

        /** User tokens and secret keys. */
        USERS(EnumSet.of(KeyKind.USER_TOKENS, KeyKind.SECRET)),

        /** Keys of the owner's dashboard and secret keys. */
        INSIGHTS(EnumSet.of(KeyKind.INSIGHTS, KeyKind.EXPERIMENTS, KeyKind.SECRET)),

        /** Keys of the owner's dashboard for experiments, and secret keys. */
        EXPERIMENTS(EnumSet.of(KeyKind.EXPERIMENTS, KeyKind.SECRET)),

        /** Secret keys. */
        SERVERS(EnumSet.of(KeyKind.SECRET));

        @SuppressWarnings("ImmutableEnumChecker") // never changed
        private final Set<KeyKind> kinds;

        Permission(Set<KeyKind> kinds) {
            this.kinds = kinds;
        }

        /** Whether a credential of this kind may call the operation. */
        public boolean admits(KeyKind kind) {
            return kinds.contains(kind);
        }

        /**
         * The permission of a name in the OpenAPI document.
         *
         * @throws IllegalArgumentException if no permission has this name
         */
        static Permission of(String wireName) {
            return WireName.find(Permission.class, wireName)
                    .orElseThrow(
                            () ->
                                    new IllegalArgumentException(
                                            "no permission is named " + wireName));
        }
    }

    /**
     * An operation of the API.
     *
     * @param id the {@code operationId} of the OpenAPI document
     * @param method upper case
     * @param path with its parameters in braces: {@code /v1/users/{id}}
     * @param permission the kinds of keys that may call it
     */
    public record Operation(String id, String method, String path, Permission permission) {
        /** Returns the method and the path: {@code GET /v1/trending}. */
        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
