package dev.freshet.model.history;

import dev.freshet.event.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The session that a user is in: which of the liked items belong to it. Actions of one {@code
 * sessionId} are of one session, however much time lies between them. Where one of two actions has
 * no id, a pause of more than {@value #GAP_SECONDS} seconds ends the session: this is the only
 * place that says so.
 *
 * @param ranks of the session's items among the liked ones, the newest first
 * @param named whether the request names the session, which then goes on whatever the time
 */
@SuppressWarnings("ArrayRecordComponent") // on the hot path; never modified
public record CurrentSession(int[] ranks, boolean named) {
    /** Seconds without an action after which a session is over. */
    public static final int GAP_SECONDS = 1_800;

    private static final Duration GAP = Duration.ofSeconds(GAP_SECONDS);
    private static final int[] NO_RANKS = {};

    /** The session of a user without interactions. */
    public static final CurrentSession NONE = new CurrentSession(NO_RANKS, false);

    /** Returns the session of a user of whose items only the times are known, newest first. */
    static CurrentSession ofTimes(long[] epochSeconds) {
        int size = epochSeconds.length == 0 ? 0 : 1;
        while (size < epochSeconds.length
                && epochSeconds[size - 1] - epochSeconds[size] <= GAP_SECONDS) {
            size++;
        }
        return new CurrentSession(IntStream.range(0, size).toArray(), false);
    }

    /**
     * Returns the session that the latest action belongs to, or the one that the request names.
     *
     * @param newestFirst the user's actions, newest first
     * @param liked ids of the liked items, by rank
     * @param sessionId that the request names, or null
     */
    static CurrentSession of(
            List<UserAction> newestFirst, List<String> liked, @Nullable String sessionId) {
        Set<String> items = new HashSet<>();
        String id = sessionId;
        Instant earliest = null;
        for (UserAction action : newestFirst) {
            boolean bothNamed = id != null && action.sessionId() != null;
            boolean of =
                    bothNamed
                            ? Objects.equals(id, action.sessionId())
                            : earliest == null
                                    ? sessionId == null
                                    : Duration.between(action.at(), earliest).compareTo(GAP) <= 0;
            if (of) {
                earliest = action.at();
                id = id == null ? action.sessionId() : id;
                if (action.target().kind() == Target.Kind.ITEM) {
                    items.add(action.target().id());
                }
            }
        }
        int[] ranks =
                IntStream.range(0, liked.size())
                        .filter(rank -> items.contains(liked.get(rank)))
                        .toArray();
        return new CurrentSession(ranks, sessionId != null);
    }

    /**
     * Returns the ranks of the items of the session if it still goes on, the newest first; else
     * none.
     *
     * @param now in epoch seconds
     * @param epochSeconds of the latest interaction with each liked item
     */
    public int[] ranks(double now, long[] epochSeconds) {
        boolean over = ranks.length == 0 || (!named && now - epochSeconds[ranks[0]] > GAP_SECONDS);
        return over ? NO_RANKS : ranks;
    }
}
