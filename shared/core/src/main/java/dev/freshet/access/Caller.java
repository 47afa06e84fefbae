package dev.freshet.access;

import dev.freshet.access.AccessKey.KeyKind;
import dev.freshet.access.AccessKey.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A caller whose credential was verified. The authorizer passes it to the functions as a flat map
 * of strings ({@link #toContext}), which callers cannot write.
 */
public sealed interface Caller {
    /** A page with a publishable key, which everybody can read. */
    record Publishable(String keyId, List<Origin> origins) implements Caller {
        public Publishable {
            origins = List.copyOf(origins);
        }

        /**
         * Whether the {@code Origin} of a request is one of the key's origins. A key without
         * origins allows every request, also one without the header.
         */
        public boolean mayComeFrom(Optional<String> origin) {
            return origins.isEmpty()
                    || origin.flatMap(Origin::of).filter(origins::contains).isPresent();
        }
    }

    /** A server of the site. */
    record Secret(String keyId) implements Caller {}

    /** The owner's dashboard, which reads sums and acts for nobody. */
    record Insights(String keyId) implements Caller {}

    /**
     * The owner's dashboard, which also puts definitions of experiments, and acts for nobody.
     *
     * @param name the owner's name for the key, which the log of an experiment keeps
     */
    record Experiments(String keyId, String name) implements Caller {}

    /**
     * One user of the site.
     *
     * @param expiresAt the expiry of the token, after which a cached response of the authorizer is
     *     invalid
     */
    record User(String userId, String keyId, Instant expiresAt) implements Caller {}

    /**
     * A caller of the AWS account that is signed with IAM, and whose policy limits what it may
     * call.
     */
    record Signed(String arn) implements Caller {}

    /** Returns the kind of key, or empty for a caller that is signed with IAM. */
    default Optional<KeyKind> kind() {
        return switch (this) {
            case Publishable page -> Optional.of(KeyKind.PUBLISHABLE);
            case Secret server -> Optional.of(KeyKind.SECRET);
            case User user -> Optional.of(KeyKind.USER_TOKENS);
            case Insights dashboard -> Optional.of(KeyKind.INSIGHTS);
            case Experiments dashboard -> Optional.of(KeyKind.EXPERIMENTS);
            case Signed signed -> Optional.empty();
        };
    }

    /** Returns who the caller is, for the log of a change: the key, or the signed caller's ARN. */
    default String text() {
        return switch (this) {
            case Publishable page -> page.keyId();
            case Secret server -> server.keyId();
            case User user -> user.keyId();
            case Insights dashboard -> dashboard.keyId();
            case Experiments dashboard -> dashboard.keyId() + " " + dashboard.name();
            case Signed signed -> signed.arn();
        };
    }

    /** Whether the caller may act for every user. */
    default boolean trusted() {
        return this instanceof Secret || this instanceof Signed;
    }

    /** Whether the caller may act for a user. */
    default boolean mayActFor(String userId) {
        return trusted() || (this instanceof User own && own.userId().equals(userId));
    }

    /**
     * Least number of characters of an anonymous id after its prefix: as many as 16 random bytes
     * take in base 64.
     */
    int ANONYMOUS_LENGTH = 22;

    /**
     * Whether the caller may act for an anonymous user. User ids and anonymous ids are keys of the
     * same rows. Therefore an untrusted caller may name only anonymous ids with a prefix that no
     * user id has, so that it cannot pass a user off as anonymous. Whoever has an anonymous id may
     * act under it, so an untrusted caller may name only ids that are too long to be guessed, if
     * they are random.
     *
     * @param prefix the prefix of the stack's anonymous ids
     */
    default boolean mayActForAnonymous(String anonymousId, String prefix) {
        return trusted()
                || (!(this instanceof Insights || this instanceof Experiments)
                        && anonymousId.startsWith(prefix)
                        && anonymousId.length() >= prefix.length() + ANONYMOUS_LENGTH);
    }

    /** Returns the map from which {@link #of} restores the caller. */
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
            case Insights dashboard ->
                    Map.of("kind", KeyKind.INSIGHTS.wireName(), "keyId", dashboard.keyId());
            case Experiments dashboard ->
                    Map.of(
                            "kind", KeyKind.EXPERIMENTS.wireName(),
                            "keyId", dashboard.keyId(),
                            "name", dashboard.name());
            case User user ->
                    Map.of(
                            "kind", KeyKind.USER_TOKENS.wireName(),
                            "keyId", user.keyId(),
                            "userId", user.userId(),
                            "expiresAt", Long.toString(user.expiresAt().getEpochSecond()));
            case Signed signed -> Map.of("kind", "signed", "arn", signed.arn());
        };
    }

    /** Returns the caller of an authorizer's context, or empty if the context names none. */
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
                                    case INSIGHTS -> Optional.of(new Insights(keyId));
                                    case EXPERIMENTS ->
                                            Optional.ofNullable(context.get("name"))
                                                    .map(name -> new Experiments(keyId, name));
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
