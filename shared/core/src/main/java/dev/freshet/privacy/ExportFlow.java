package dev.freshet.privacy;

import dev.freshet.features.Quarantine;
import dev.freshet.features.StoredExposure;
import dev.freshet.features.StoredInteraction;
import dev.freshet.features.UserRows;
import dev.freshet.features.UserStores;
import dev.freshet.model.BasketContents;
import dev.freshet.model.Model;
import dev.freshet.privacy.ErasureFlow.Streamed;
import dev.freshet.profile.UserProfile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Exports everything that is stored about a user, in parts: the profile, those of the aliases, what
 * the model holds, the entries in quarantine, and then the rows, page by page.
 *
 * @param model returns the newest model
 */
public record ExportFlow(
        UserStores stores,
        Quarantine quarantine,
        Streamed streamed,
        Supplier<Model> model,
        InstantSource clock) {
    /** Most rows of one part. */
    public static final int MAX_ROWS = 2_000;

    /** Most entries of the quarantine in one export. */
    public static final int MAX_ENTRIES = 100;

    /** Most entries of the quarantine examined. */
    static final int MAX_EXAMINED = 2_000;

    /**
     * What the model holds under one id.
     *
     * @param userId a user id or anonymous id; the model itself holds a pseudonym
     */
    public record Basket(String userId, List<BasketContents> items) {
        public Basket {
            items = List.copyOf(items);
        }
    }

    /**
     * What is stored beside the rows.
     *
     * @param profiles the user's own first, then those of the aliases
     * @param baskets those that are not empty
     * @param quarantine quarantined records about the user, ≤ {@value #MAX_ENTRIES}
     * @param quarantineComplete false if a bound or the deadline ended the search
     */
    public record About(
            List<UserProfile> profiles,
            List<Basket> baskets,
            List<Quarantine.Entry> quarantine,
            boolean quarantineComplete) {
        public About {
            profiles = List.copyOf(profiles);
            baskets = List.copyOf(baskets);
            quarantine = List.copyOf(quarantine);
        }
    }

    /**
     * One part of an export.
     *
     * @param about present in the first part only
     * @param rows oldest first within an id
     * @param lists shown to the user, oldest first within an id
     * @param next identifies the next part; null after the last
     */
    public record Part(
            Instant at,
            Optional<About> about,
            List<StoredInteraction> rows,
            List<StoredExposure> lists,
            @Nullable String next) {
        public Part {
            rows = List.copyOf(rows);
            lists = List.copyOf(lists);
        }
    }

    /** A {@code next} that no part of this user's export had. */
    public static final class UnknownPartException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Returns one part.
     *
     * @param next of the previous part, or null for the first
     * @param deadline nothing further is read from here on; the rest follows in the next part
     * @throws UnknownPartException for an unknown {@code next}
     * @throws dev.freshet.store.StoreUnavailableException if a store does not answer
     */
    public Part part(String id, @Nullable String next, Instant deadline) {
        UserProfile own = stores.users().get(id);
        List<String> ids = new ArrayList<>(List.of(id));
        ids.addAll(own.aliases());
        Cursor cursor = next == null ? new Cursor(0, false, null) : Cursor.parse(next, ids.size());
        Optional<About> about =
                next == null ? Optional.of(about(own, ids, deadline)) : Optional.empty();
        List<StoredInteraction> rows = new ArrayList<>();
        List<StoredExposure> lists = new ArrayList<>();
        @Nullable Cursor at = cursor;
        while (at != null
                && rows.size() + lists.size() <= MAX_ROWS - UserRows.MAX_PAGE
                && ((rows.isEmpty() && lists.isEmpty()) || clock.instant().isBefore(deadline))) {
            String of = ids.get(at.id());
            at =
                    at.following(
                            at.lists()
                                    ? read(stores.exposures(), of, at, lists)
                                    : read(stores.interactions(), of, at, rows),
                            ids.size());
        }
        return new Part(clock.instant(), about, rows, lists, at == null ? null : at.toString());
    }

    /** Adds a page of rows, and returns where the next one begins. */
    private static <R extends UserRows.Row> @Nullable String read(
            UserRows<R> from, String id, Cursor at, List<R> into) {
        UserRows.Page<R> page = from.page(id, at.after(), UserRows.MAX_PAGE);
        into.addAll(page.rows());
        return page.next();
    }

    private About about(UserProfile own, List<String> ids, Instant deadline) {
        List<UserProfile> profiles = new ArrayList<>();
        List<Basket> baskets = new ArrayList<>();
        Model newest = model.get();
        for (String each : ids) {
            UserProfile profile = each.equals(own.userId()) ? own : stores.users().get(each);
            if (profile.revision() > 0) {
                profiles.add(profile);
            }
            List<BasketContents> held =
                    BasketContents.of(newest, streamed.pseudonyms().apply(each));
            if (!held.isEmpty()) {
                baskets.add(new Basket(each, held));
            }
        }
        EntryErasure erasure = new EntryErasure(Set.copyOf(ids), Set.of(), streamed);
        List<Quarantine.Entry> entries = new ArrayList<>();
        int[] examined = {0};
        boolean[] complete = {true};
        quarantine.forEachOpen(
                entry -> {
                    if (erasure.concerns(entry)) {
                        entries.add(entry);
                    }
                    complete[0] =
                            ++examined[0] < MAX_EXAMINED
                                    && entries.size() < MAX_ENTRIES
                                    && clock.instant().isBefore(deadline);
                    return complete[0];
                });
        return new About(profiles, baskets, entries, complete[0]);
    }

    /**
     * The start of a part.
     *
     * @param id the index of an id
     * @param lists whether the id's lists are next, which follow its interactions
     * @param after the key of the last row before, or null
     */
    private record Cursor(int id, boolean lists, @Nullable String after) {
        private static final int MAX_LENGTH = 400;

        @Nullable Cursor following(@Nullable String next, int ids) {
            if (next != null) {
                return new Cursor(id, lists, next);
            }
            if (!lists) {
                return new Cursor(id, true, null);
            }
            return id + 1 < ids ? new Cursor(id + 1, false, null) : null;
        }

        /**
         * Returns the base 64 form of twice the index, plus one for lists, a space, and the key of
         * the last row before.
         */
        @Override
        public String toString() {
            String text = (2 * id + (lists ? 1 : 0)) + " " + (after == null ? "" : after);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        static Cursor parse(String next, int ids) {
            try {
                if (next.length() > MAX_LENGTH) {
                    throw new UnknownPartException();
                }
                String text =
                        new String(Base64.getUrlDecoder().decode(next), StandardCharsets.UTF_8);
                int space = text.indexOf(' ');
                int at = space < 1 || space > 3 ? -1 : Integer.parseInt(text.substring(0, space));
                if (at < 0 || at >= 2 * ids) {
                    throw new UnknownPartException();
                }
                String after = text.substring(space + 1);
                return new Cursor(at / 2, at % 2 == 1, after.isEmpty() ? null : after);
            } catch (IllegalArgumentException notOurs) {
                throw new UnknownPartException();
            }
        }
    }
}
