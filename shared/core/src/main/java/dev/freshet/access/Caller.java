package dev.freshet.access;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, once a credential was believed. Travels from the authorizer to the functions as a
 * flat map of texts ({@link #toContext}), which nobody outside can write.
 */
public sealed interface Caller {
    /** A page, with a key that everybody can read off it. */
    record Publishable(String keyId, List<Origin> origins) implements Caller {
        public Publishable {
            origins = List.copyOf(origins);
        }

        /**
         * Whether the request's {@code Origin} is one of the key's; a key bound to none takes
         * requests from everywhere, also without the header.
         */
        public boolean mayComeFrom(Optional<String> origin) {
            return origins.isEmpty()
                    || origin.flatMap(Origin::of).filter(origins::contains).isPresent();
        }
    }

    /** A server of the site. */
    record Secret(String keyId) implements Caller {}

    /**
     * One user of the site.
     *
     * @param expiresAt of the token, after which a cached answer of the authorizer is worth nothing
     */
    record User(String userId, String keyId, Instant expiresAt) implements Caller {}

    /** Somebody of the account, signed with IAM; the policy says what for. */
    record Signed(String arn) implements Caller {}

    /** The kind of credential; empty for IAM, which is no key's. */
    default Optional<KeyKind> kind() {
        return switch (this) {
            case Publishable page -> Optional.of(KeyKind.PUBLISHABLE);
            case Secret server -> Optional.of(KeyKind.SECRET);
            case User user -> Optional.of(KeyKind.USER_TOKENS);
            case Signed signed -> Optional.empty();
        };
    }

    /** Whether it may name any reader at all. */
    default boolean trusted() {
        return this instanceof Secret || this instanceof Signed;
    }

    /** Whether it may act for this user. */
    default boolean mayActFor(String userId) {
        return trusted() || (this instanceof User own && own.userId().equals(userId));
    }

    /**
     * Whether it may act for this anonymous reader. User ids and anonymous ids are keys of the same
     * rows; so an untrusted caller's must begin as no user's does, and nobody passes another off as
     * anonymous.
     *
     * @param prefix what anonymous ids of this stack begin with
     */
    default boolean mayActForAnonymous(String anonymousId, String prefix) {
        return trusted() || anonymousId.startsWith(prefix);
    }

    /** The map that {@link #of} reads. */
    default Map<String, String> toContext() {
        return switch (this) {
            case Publishable page ->
                    Map.of(
                            "kind", KeyKind.PUBLISHABLE.wireName(),
                            "keyId", page.keyId(),
                            "origins",
                                    page.origins().stream()
                                            .map(Origin::text)
                                            .collect(Collectors.joining(" ")));
            case Secret server ->
                    Map.of("kind", KeyKind.SECRET.wireName(), "keyId", server.keyId());
            case User user ->
                    Map.of(
                            "kind", KeyKind.USER_TOKENS.wireName(),
                            "keyId", user.keyId(),
                            "userId", user.userId(),
                            "expiresAt", Long.toString(user.expiresAt().getEpochSecond()));
            case Signed signed -> Map.of("kind", "signed", "arn", signed.arn());
        };
    }

    /** The caller that an authorizer's context tells of; empty where it tells of none. */
    static Optional<Caller> of(Map<String, String> context) {
        String keyId = context.getOrDefault("keyId", "");
        if (!AccessKey.KEY_ID.matcher(keyId).matches()) {
            return Optional.empty();
        }
        return KeyKind.of(context.getOrDefault("kind", ""))
                .flatMap(
                        kind ->
                                switch (kind) {
                                    case PUBLISHABLE -> publishable(keyId, context.get("origins"));
                                    case SECRET -> Optional.of(new Secret(keyId));
                                    case USER_TOKENS -> user(keyId, context);
                                });
    }

    private static Optional<Caller> publishable(String keyId, @Nullable String origins) {
        if (origins == null) {
            return Optional.empty();
        }
        List<Optional<Origin>> read =
                Stream.of(origins.split(" "))
                        .filter(text -> !text.isEmpty())
                        .map(Origin::of)
                        .toList();
        return read.stream().allMatch(Optional::isPresent)
                ? Optional.of(
                        new Publishable(keyId, read.stream().flatMap(Optional::stream).toList()))
                : Optional.empty();
    }

    private static Optional<Caller> user(String keyId, Map<String, String> context) {
        String userId = context.getOrDefault("userId", "");
        String expiresAt = context.getOrDefault("expiresAt", "");
        return userId.isEmpty() || !expiresAt.matches("[0-9]{1,11}")
                ? Optional.empty()
                : Optional.of(
                        new User(userId, keyId, Instant.ofEpochSecond(Long.parseLong(expiresAt))));
    }
}
