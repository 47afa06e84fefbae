package dev.freshet.cli.keys;

import dev.freshet.access.AccessKey;
import dev.freshet.access.AccessKeys;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.access.KeyText;
import dev.freshet.console.CommandException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Creates, rotates and revokes keys in an order that fails closed: the row of a new key is written
 * last, so that the key is refused until everything else is done; the row of a revoked key is
 * written first. Each operation can be repeated after an interruption.
 */
record AccessKeyService(AccessKeys keys, UsageKeys usage, InstantSource clock) {
    /** Highest number of attempts at a row that others write at the same time. */
    private static final int ATTEMPTS = 5;

    /** Lowest number of characters by which the end of an id names a key. */
    private static final int SHORTEST_END = 4;

    /** Returns the present time. */
    Instant now() {
        return clock.instant();
    }

    /** Creates a key: registers it where calls are counted, then writes its row. */
    Minted issue(Minted generated) {
        usage.add(generated.row());
        if (!keys.put(generated.row())) {
            usage.remove(generated.row());
            throw new CommandException("Another key has this id by chance: run the command again.");
        }
        return generated;
    }

    /**
     * The result of a rotation.
     *
     * @param fresh the new key
     * @param old the replaced key, with the time at which it expires
     */
    record Rotated(Minted fresh, AccessKey old) {}

    /**
     * Creates a key in place of another.
     *
     * @param named the key to replace, as {@link #find} takes it
     * @param overlap how long the replaced key stays valid
     * @param like generates the new key from the old
     */
    Rotated rotate(String named, Duration overlap, Function<AccessKey, Minted> like) {
        AccessKey old = find(named);
        CommandException.require(
                old.holds(now()),
                "This key is not valid any more: make another with 'freshet keys create'.");
        Minted fresh = issue(like.apply(old));
        Instant end = now().plus(overlap);
        return new Rotated(
                fresh,
                change(old.keyId(), key -> end.isAfter(key.createdAt()) ? key.expiring(end) : key));
    }

    /** Revokes a key at once. Revoking it again changes nothing. */
    AccessKey revoke(String named) {
        AccessKey revoked = change(find(named).keyId(), key -> key.revoked(now()));
        usage.remove(revoked);
        return revoked;
    }

    /** Returns all keys, oldest first. */
    List<AccessKey> all() {
        return keys.list().stream()
                .sorted(Comparator.comparing(AccessKey::createdAt).thenComparing(AccessKey::keyId))
                .toList();
    }

    /**
     * Finds a key by its id, by the last characters of its id, at least {@value #SHORTEST_END}, or
     * by the key itself.
     *
     * @throws CommandException unless exactly one key has that id
     */
    AccessKey find(String named) {
        String id = KeyText.parse(named).map(KeyText::keyId).orElse(named);
        CommandException.require(
                id.length() >= SHORTEST_END,
                "Name a key by its id, or by at least the last %d characters of it.",
                SHORTEST_END);
        List<AccessKey> matching = all().stream().filter(key -> key.keyId().endsWith(id)).toList();
        CommandException.require(
                !matching.isEmpty(), "There is no such key: see 'freshet keys list'.");
        CommandException.require(
                matching.size() == 1,
                "%d keys have ids that end so: give more characters of the id.",
                matching.size());
        return matching.getFirst();
    }

    private AccessKey change(String keyId, UnaryOperator<AccessKey> how) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            AccessKey before =
                    keys.get(keyId)
                            .orElseThrow(CommandException.saying("The key was deleted meanwhile."));
            AccessKey after = how.apply(before);
            if (after.equals(before) || keys.put(after)) {
                return after;
            }
        }
        throw new CommandException(
                "Others are changing this key at the same time: run the command again.");
    }

    /**
     * The usage keys by which calls are counted: on AWS, the API keys of API Gateway. Each
     * operation is idempotent.
     */
    interface UsageKeys extends AutoCloseable {

        /** Registers nothing: a local cloud finds the plan of a key by its kind. */
        UsageKeys NOWHERE =
                new UsageKeys() {
                    @Override
                    public void add(AccessKey key) {}

                    @Override
                    public void remove(AccessKey key) {}
                };

        /** Registers the usage key of a key with the plan of its kind. */
        void add(AccessKey key);

        /** Removes the usage key of a key; calls that carry it are refused from then on. */
        void remove(AccessKey key);

        @Override
        default void close() {}
    }
}
