package dev.freshet.privacy;

import dev.freshet.event.Event;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.Interactions;
import dev.freshet.features.StoredInteraction;
import dev.freshet.model.BasketContents;
import dev.freshet.model.Model;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.quarantine.Quarantine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is held of a person, in parts: the profile, those of the other ids that turned
 * out to be the same person, what the model holds, what lies in quarantine, and then the rows, page
 * by page.
 */
public final class ExportFlow {
    /** Most rows of one part. */
    public static final int MAX_ROWS = 2_000;

    /** Most entries of the quarantine in one export. */
    public static final int MAX_ENTRIES = 100;

    /** Most objects of the quarantine looked at. */
    static final int MAX_LOOKED_AT = 2_000;

    private final Interactions interactions;
    private final Users users;
    private final Quarantine quarantine;
    private final Function<byte[], Event> decoder;
    private final Function<String, Pseudonym> pseudonyms;
    private final String eventsStream;
    private final Supplier<Model> model;
    private final InstantSource clock;

    /**
     * The flow over its ports.
     *
     * @param decoder reads a record of {@code events}; whatever it throws means that it cannot
     * @param eventsStream the name of the stream of events, as it stands in shard names
     * @param model the newest there is
     */
    public ExportFlow(
            Interactions interactions,
            Users users,
            Quarantine quarantine,
            Function<byte[], Event> decoder,
            Function<String, Pseudonym> pseudonyms,
            String eventsStream,
            Supplier<Model> model,
            InstantSource clock) {
        this.interactions = interactions;
        this.users = users;
        this.quarantine = quarantine;
        this.decoder = decoder;
        this.pseudonyms = pseudonyms;
        this.eventsStream = eventsStream;
        this.model = model;
        this.clock = clock;
    }

    /**
     * What the model holds under one id.
     *
     * @param readerId as sent; the model itself knows a pseudonym alone
     */
    public record Basket(String readerId, List<BasketContents> items) {
        public Basket {
            items = List.copyOf(items);
        }
    }

    /**
     * What is held beside the rows.
     *
     * @param profiles the person's own first, then those of the aliases
     * @param baskets those that are not empty
     * @param quarantine records about the person that could not be taken, ≤ {@value #MAX_ENTRIES}
     * @param wholeQuarantine false where a bound or the deadline ended the look
     */
    public record About(
            List<UserProfile> profiles,
            List<Basket> baskets,
            List<Quarantine.Entry> quarantine,
            boolean wholeQuarantine) {
        public About {
            profiles = List.copyOf(profiles);
            baskets = List.copyOf(baskets);
            quarantine = List.copyOf(quarantine);
        }
    }

    /**
     * One part of an export.
     *
     * @param about in the first part alone
     * @param rows oldest first within an id
     * @param next names the part that follows, or null
     */
    public record Part(
            Instant at,
            Optional<About> about,
            List<StoredInteraction> rows,
            @Nullable String next) {
        public Part {
            rows = List.copyOf(rows);
        }
    }

    /** {@code next} of a part that this person's export never gave. */
    public static final class UnknownPartException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * One part.
     *
     * @param next of the part before, or null for the first
     * @param deadline nothing further is begun from here on; what is left comes in the next part
     * @throws UnknownPartException for a {@code next} that leads nowhere
     * @throws dev.freshet.store.StoreUnavailableException when a store does not answer
     */
    public Part part(String id, @Nullable String next, Instant deadline) {
        UserProfile own = users.get(id);
        List<String> ids = new ArrayList<>(List.of(id));
        ids.addAll(own.aliases());
        Place place = next == null ? new Place(0, null) : Place.parse(next, ids.size());
        Optional<About> about =
                next == null ? Optional.of(about(own, ids, deadline)) : Optional.empty();
        List<StoredInteraction> rows = new ArrayList<>();
        @Nullable Place at = place;
        while (at != null
                && rows.size() <= MAX_ROWS - Interactions.MAX_PAGE
                && (rows.isEmpty() || clock.instant().isBefore(deadline))) {
            Interactions.Page page =
                    interactions.page(ids.get(at.id()), at.after(), Interactions.MAX_PAGE);
            rows.addAll(page.rows());
            at = at.following(page.next(), ids.size());
        }
        return new Part(clock.instant(), about, rows, at == null ? null : at.toString());
    }

    private About about(UserProfile own, List<String> ids, Instant deadline) {
        List<UserProfile> profiles = new ArrayList<>();
        List<Basket> baskets = new ArrayList<>();
        Model newest = model.get();
        for (String each : ids) {
            UserProfile profile = each.equals(own.userId()) ? own : users.get(each);
            if (profile.revision() > 0) {
                profiles.add(profile);
            }
            List<BasketContents> held = BasketContents.of(newest, pseudonyms.apply(each));
            if (!held.isEmpty()) {
                baskets.add(new Basket(each, held));
            }
        }
        EntryErasure theirs = new EntryErasure(Set.copyOf(ids), Set.of(), eventsStream, decoder);
        List<Quarantine.Entry> entries = new ArrayList<>();
        int[] looked = {0};
        boolean[] whole = {true};
        quarantine.visit(
                entry -> {
                    if (theirs.concerns(entry)) {
                        entries.add(entry);
                    }
                    whole[0] =
                            ++looked[0] < MAX_LOOKED_AT
                                    && entries.size() < MAX_ENTRIES
                                    && clock.instant().isBefore(deadline);
                    return whole[0];
                });
        return new About(profiles, baskets, entries, whole[0]);
    }

    /** Where a part begins: within the rows of the id of this number. */
    private record Place(int id, @Nullable String after) {
        private static final int MAX_LENGTH = 400;

        @Nullable Place following(@Nullable String next, int ids) {
            if (next != null) {
                return new Place(id, next);
            }
            return id + 1 < ids ? new Place(id + 1, null) : null;
        }

        /** Base 64 of the number, a space, and the key of the last row before. */
        @Override
        public String toString() {
            String text = id + " " + (after == null ? "" : after);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(text.getBytes(StandardCharsets.UTF_8));
        }

        static Place parse(String next, int ids) {
            try {
                if (next.length() > MAX_LENGTH) {
                    throw new UnknownPartException();
                }
                String text =
                        new String(Base64.getUrlDecoder().decode(next), StandardCharsets.UTF_8);
                int space = text.indexOf(' ');
                int id = space < 1 || space > 3 ? -1 : Integer.parseInt(text.substring(0, space));
                if (id < 0 || id >= ids) {
                    throw new UnknownPartException();
                }
                String after = text.substring(space + 1);
                return new Place(id, after.isEmpty() ? null : after);
            } catch (IllegalArgumentException notOurs) {
                throw new UnknownPartException();
            }
        }
    }
}
