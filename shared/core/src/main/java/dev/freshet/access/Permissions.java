package dev.freshet.access;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which kind of key may call what: the one list, from which the authorizer's answers and the
 * functions' own checks are made. What an operation may be done <em>for</em> is the {@link
 * Caller}'s to say.
 */
public final class Permissions {
    private static final List<Operation> PAGES =
            List.of(
                    new Operation("POST", "/v1/events"),
                    new Operation("POST", "/v1/recommendations"),
                    new Operation("GET", "/v1/items/{id}/similar"),
                    new Operation("GET", "/v1/trending"));

    private static final List<Operation> OF_A_USER =
            List.of(
                    new Operation("PUT", "/v1/users/{id}"),
                    new Operation("GET", "/v1/users/{id}"),
                    new Operation("DELETE", "/v1/users/{id}"),
                    new Operation("GET", "/v1/users/{id}/export"),
                    new Operation("GET", "/v1/users/{id}/erasure"),
                    new Operation("POST", "/v1/users/alias"));

    private static final List<Operation> OF_SERVERS =
            List.of(
                    new Operation("PUT", "/v1/items"),
                    new Operation("POST", "/v1/items"),
                    new Operation("DELETE", "/v1/items/{id}"));

    /** Every operation that needs a credential. */
    public static final List<Operation> ALL =
            Stream.of(PAGES, OF_A_USER, OF_SERVERS).flatMap(List::stream).toList();

    private static final List<Operation> OF_USERS =
            Stream.concat(PAGES.stream(), OF_A_USER.stream()).toList();

    private Permissions() {}

    /** What a credential of this kind may call. */
    public static List<Operation> of(KeyKind kind) {
        return switch (kind) {
            case PUBLISHABLE -> PAGES;
            case USER_TOKENS -> OF_USERS;
            case SECRET -> ALL;
        };
    }

    /** Whether a caller may do this; of one signed with IAM, its policy has said so already. */
    public static boolean allow(Caller caller, Operation operation) {
        return caller.kind().map(kind -> of(kind).contains(operation)).orElse(true);
    }
}
