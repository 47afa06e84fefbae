package dev.freshet.cli.keys;

import dev.freshet.access.AccessKey;
import dev.freshet.access.AccessKeys;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.access.KeyText;
import dev.freshet.cli.CommandException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Issues and ends keys, in an order that fails closed: a new key's row is put last, so that until
 * all else stands nobody knows it; a revoked one's row is put first. Each step may be repeated.
 */
final class AccessKeyService {
    /** Most attempts at a row that others write too. */
    private static final int ATTEMPTS = 5;

    /** Fewest characters that tell a key by the end of its id. */
    private static final int SHORTEST_END = 4;

    private final AccessKeys keys;
    private final UsageKeys usage;
    private final InstantSource clock;

    AccessKeyService(AccessKeys keys, UsageKeys usage, InstantSource clock) {
        this.keys = keys;
        this.usage = usage;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** Issues a key: counted first, believed last. */
    Minted issue(Minted generated) {
        usage.add(generated.row());
        if (!keys.put(generated.row())) {
            usage.remove(generated.row());
            throw new CommandException("Another key has this id by chance: run the command again.");
        }
        return generated;
    }

    /**
     * A key and the one that takes its place.
     *
     * @param old as it is now, with its end
     */
    record Rotated(Minted fresh, AccessKey old) {}

    /**
     * Issues a key in place of another, which ends after a while.
     *
     * @param like makes the new one from the old
     */
    Rotated rotate(String named, Duration overlap, Function<AccessKey, Minted> like) {
        AccessKey old = find(named);
        if (!old.holds(now())) {
            throw new CommandException(
                    "This key is worth nothing any more: make another with './freshet keys"
                            + " create'.");
        }
        Minted fresh = issue(like.apply(old));
        Instant end = now().plus(overlap);
        return new Rotated(
                fresh,
                change(old.keyId(), key -> end.isAfter(key.createdAt()) ? key.expiring(end) : key));
    }

    /** Takes a key back, at once; again changes nothing. */
    AccessKey revoke(String named) {
        AccessKey revoked = change(find(named).keyId(), key -> key.revoked(now()));
        usage.remove(revoked);
        return revoked;
    }

    /** All keys, oldest first. */
    List<AccessKey> all() {
        return keys.list().stream()
                .sorted(Comparator.comparing(AccessKey::createdAt).thenComparing(AccessKey::keyId))
                .toList();
    }

    /**
     * The one key that is meant: by its id, by an end of the id of at least {@value #SHORTEST_END}
     * characters, or by the key itself.
     */
    AccessKey find(String named) {
        String id = KeyText.parse(named).map(KeyText::keyId).orElse(named);
        if (id.length() < SHORTEST_END) {
            throw new CommandException(
                    "Name a key by its id, or by at least the last "
                            + SHORTEST_END
                            + " characters of it.");
        }
        List<AccessKey> meant = all().stream().filter(key -> key.keyId().endsWith(id)).toList();
        if (meant.size() != 1) {
            throw new CommandException(
                    meant.isEmpty()
                            ? "There is no such key: see './freshet keys list'."
                            : meant.size() + " keys end so: name more of the id.");
        }
        return meant.getFirst();
    }

    private AccessKey change(String keyId, UnaryOperator<AccessKey> how) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            AccessKey before =
                    keys.get(keyId)
                            .orElseThrow(() -> new CommandException("The key is gone meanwhile."));
            AccessKey after = how.apply(before);
            if (after.equals(before) || keys.put(after)) {
                return after;
            }
        }
        throw new CommandException(
                "Others change this key at the same time: run the command again.");
    }
}
