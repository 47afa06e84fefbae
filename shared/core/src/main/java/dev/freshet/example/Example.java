package dev.freshet.example;

import static dev.freshet.check.Check.require;

import dev.freshet.catalog.Item;
import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.enrolment.Enrolments;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.EventType.ValueKind;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.ListCredit.ShadowRatios;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One training example, ≈ 80 bytes encoded. */
public sealed interface Example {
    /**
     * An example that comes from a record of the {@code events} stream. Training skips one whose
     * source lies at or below the high-water mark of its shard.
     */
    sealed interface FromEvents extends Example {
        ShardPosition source();

        /** Returns a copy with another source. */
        default Example from(ShardPosition other) {
            return switch (this) {
                case Interaction interaction ->
                        interaction.copy(
                                other,
                                interaction.user,
                                interaction.receivedAt,
                                interaction.list,
                                interaction.credit,
                                interaction.standing);
                case Exposure shown -> shown.copy(other, shown.seen);
                case Retraction(var source, Interaction retracted) ->
                        new Retraction(other, retracted);
                case Merge(var source, Pseudonym from, Pseudonym into, var enrolled) ->
                        new Merge(other, from, into, enrolled);
                case Forget(var source, Pseudonym user) -> new Forget(other, user);
            };
        }
    }

    /**
     * One interaction of a user with an item, author or tag.
     *
     * @param value of the event as far as it is learned: stars of a rating, 0.5 to 5; seconds of a
     *     dwell, at most {@value #MAX_MEASURED}, or a percentage, both whole; 0 for any other
     *     event, and where it is unknown
     * @param at corrected event time: the model's clock
     * @param receivedAt when the event was received, in whole seconds. An item is not older than
     *     this because of the event, whatever time the client gives
     * @param context reduced to what the model learns of it ({@link Context#learned})
     * @param list item ids of the list in which the user saw the item, from the top, ≤ {@value
     *     #MAX_LISTED}; empty if the list is unknown or the item was further down
     * @param credit the outcome that the interaction is for a list, or null if it is none
     */
    record Interaction(
            ShardPosition source,
            Pseudonym user,
            Target target,
            EventType type,
            float strength,
            float value,
            Instant at,
            Instant receivedAt,
            Context context,
            List<String> list,
            @Nullable ListCredit credit,
            Standing standing)
            implements FromEvents {
        public static final int MAX_LISTED = 20;

        /** Most seconds of a dwell that count. */
        public static final int MAX_MEASURED = 300;

        public Interaction {
            context = context.learned();
            list = List.copyOf(list);
            receivedAt = receivedAt.truncatedTo(ChronoUnit.SECONDS);
            value =
                    switch (type.valueKind()) {
                        case STARS -> value;
                        case SECONDS, PERCENT -> Math.clamp(Math.round(value), 0, MAX_MEASURED);
                        case NONE, MONEY, NUMBER -> 0;
                    };
            require(
                    list.size() <= MAX_LISTED,
                    "at most " + MAX_LISTED + " items of a list are kept");
            if (type.valueKind() == ValueKind.STARS
                    && !(value == 0 || (value >= 0.5 && value <= 5))) {
                throw new IllegalArgumentException(value + " is not from 0.5 to 5, nor 0");
            }
        }

        /**
         * Creates an interaction that was received when it happened, whose list is unknown, of a
         * user who counts at once.
         */
        public Interaction(
                ShardPosition source,
                Pseudonym user,
                Target target,
                EventType type,
                float strength,
                float value,
                Instant at,
                Context context) {
            this(
                    source,
                    user,
                    target,
                    type,
                    strength,
                    value,
                    at,
                    at,
                    context,
                    List.of(),
                    null,
                    Standing.NONE);
        }

        /** Returns the stars of a rating; 0 where the event is no rating. */
        public float stars() {
            return type.valueKind() == ValueKind.STARS ? value : 0;
        }

        /** Returns the seconds or the percentage that an event measured; 0 for any other event. */
        public int measured() {
            return type.valueKind() == ValueKind.STARS ? 0 : (int) value;
        }

        /** Returns a copy of another user. */
        public Interaction by(Pseudonym other) {
            return copy(source, other, receivedAt, list, credit, standing);
        }

        /** Returns a copy that was received at another time. */
        public Interaction received(Instant when) {
            return copy(source, user, when, list, credit, standing);
        }

        /** Returns a copy with the list in which the user saw the item. */
        public Interaction inList(List<String> itemIds) {
            return copy(source, user, receivedAt, itemIds, credit, standing);
        }

        /** Returns a copy with the outcome that it is for a list. */
        public Interaction credited(@Nullable ListCredit outcome) {
            return copy(source, user, receivedAt, list, outcome, standing);
        }

        /** Returns a copy with what is known of its user. */
        public Interaction with(Standing known) {
            return copy(source, user, receivedAt, list, credit, known);
        }

        private Interaction copy(
                ShardPosition source,
                Pseudonym user,
                Instant receivedAt,
                List<String> list,
                @Nullable ListCredit credit,
                Standing standing) {
            return new Interaction(
                    source,
                    user,
                    target,
                    type,
                    strength,
                    value,
                    at,
                    receivedAt,
                    context,
                    list,
                    credit,
                    standing);
        }
    }

    /**
     * What is known of the user of an interaction.
     *
     * @param waitSeconds how long the user has to be known before what the user does counts for
     *     others; 0 for a user who counts at once
     * @param cohorts the cohorts of the user ({@link
     *     dev.freshet.profile.AttributeRules.Cohort#id}), distinct, ascending, ≤ {@value
     *     #MAX_COHORTS}
     * @param enrolled what the interaction is to the enrolments of the user, ≤ {@value
     *     Enrolments#MAX}
     */
    record Standing(int waitSeconds, List<Integer> cohorts, List<Enrolled> enrolled) {
        /** Most seconds that a user waits: a day. */
        public static final int MAX_WAIT = 86_400;

        /** Most cohorts of a user. */
        public static final int MAX_COHORTS = 4;

        /** A user who counts at once, and is in no cohort and no experiment. */
        public static final Standing NONE = new Standing(0, List.of(), List.of());

        public Standing {
            cohorts = cohorts.stream().distinct().sorted().toList();
            enrolled = checked(enrolled);
            require(
                    cohorts.size() <= MAX_COHORTS,
                    "a user is in at most " + MAX_COHORTS + " cohorts");
            if (waitSeconds < 0 || waitSeconds > MAX_WAIT) {
                throw new IllegalArgumentException(
                        "a user waits 0 to " + MAX_WAIT + " seconds, not " + waitSeconds);
            }
        }

        /** Returns the standing of a user who has to be known for some time before it counts. */
        public static Standing waiting(int seconds) {
            return new Standing(seconds, List.of(), List.of());
        }

        /** Returns the standing of a user of these enrolments who counts at once. */
        public static Standing enrolled(List<Enrolled> enrolled) {
            return new Standing(0, List.of(), enrolled);
        }

        /** Returns the standing of a user of these cohorts who counts at once. */
        public static Standing ofCohorts(List<Integer> cohorts) {
            return new Standing(0, cohorts, List.of());
        }
    }

    /**
     * A list that a user was shown.
     *
     * @param hour of the list's issue, or of the event's receipt where the list came without a
     *     token: hours since 1970-01-01 in UTC
     * @param attributed false for a list that came without a token; it is counted as a list and has
     *     no places
     * @param arms labels of the arms that the list is part of, and of its user's segment, ≤ {@value
     *     ListCredit#MAX_LABELS}
     * @param places that the page showed, in order, ≤ 100
     * @param shadows that the list was drawn beside, ≤ {@value ShadowRatios#MOST}
     * @param earlier clicks on this list that arrived before it and count from now on
     * @param enrolled what the list is to the enrolments of its user, ≤ {@value Enrolments#MAX}
     * @param seen where and when the user saw the list, reduced to what the model learns of it
     *     ({@link Context#learned})
     */
    record Exposure(
            ShardPosition source,
            Pseudonym user,
            int hour,
            boolean attributed,
            String placement,
            List<String> arms,
            List<Place> places,
            List<ShadowRatios> shadows,
            List<ListCredit> earlier,
            List<Enrolled> enrolled,
            Context seen)
            implements FromEvents {
        /** Most clicks that may arrive before their list. */
        public static final int MAX_EARLIER = 32;

        /** Most places of a list. */
        public static final int MAX_PLACES = 100;

        private static final int HOURS_OF_A_DAY = 24;

        public Exposure {
            seen = seen.learned();
            arms = List.copyOf(arms);
            places = List.copyOf(places);
            shadows = List.copyOf(shadows);
            earlier = List.copyOf(earlier);
            enrolled = checked(enrolled);
            require(arms.size() <= ListCredit.MAX_LABELS, "too many arms of a list");
            require(shadows.size() <= ShadowRatios.MOST, "too many shadows of a list");
            require(
                    places.size() <= MAX_PLACES && earlier.size() <= MAX_EARLIER,
                    "too many places or earlier clicks of a list");
        }

        /** Returns a list that is attributed, without shadows, earlier clicks and enrolments. */
        public static Exposure of(
                ShardPosition source,
                Pseudonym user,
                int hour,
                String placement,
                List<String> arms,
                List<Place> places) {
            return new Exposure(
                    source,
                    user,
                    hour,
                    true,
                    placement,
                    arms,
                    places,
                    List.of(),
                    List.of(),
                    List.of(),
                    Context.UNKNOWN);
        }

        /** Returns the day of the hour: days since 1970-01-01 in UTC. */
        public int day() {
            return hour / HOURS_OF_A_DAY;
        }

        /** Returns a copy that was seen in another context. */
        public Exposure seen(Context context) {
            return copy(source, context);
        }

        private Exposure copy(ShardPosition source, Context seen) {
            return new Exposure(
                    source,
                    user,
                    hour,
                    attributed,
                    placement,
                    arms,
                    places,
                    shadows,
                    earlier,
                    enrolled,
                    seen);
        }

        /**
         * A place of the list.
         *
         * @param itemId of the item shown there
         * @param position in the list, from 0
         * @param sources one bit for each source of the item
         * @param explored whether the item was drawn rather than ranked there
         * @param newcomer whether it was drawn among new items
         */
        public record Place(
                String itemId, int position, int sources, boolean explored, boolean newcomer) {
            /** Creates a place whose item was not drawn among new ones. */
            public Place(String itemId, int position, int sources, boolean explored) {
                this(itemId, position, sources, explored, false);
            }
        }
    }

    /** Retracts an interaction, which is repeated here with all its fields. */
    record Retraction(ShardPosition source, Interaction retracted) implements FromEvents {}

    /**
     * An anonymous user turned out to be a known one: one basket is merged into another.
     *
     * @param enrolled enrolments that cross because both users have one, in different arms: those
     *     of {@code into}, then those of {@code from}; ≤ {@value #MAX_CROSSED}
     */
    record Merge(ShardPosition source, Pseudonym from, Pseudonym into, List<Enrolled> enrolled)
            implements FromEvents {
        /** Most enrolments that cross: of two users. */
        public static final int MAX_CROSSED = 2 * Enrolments.MAX;

        public Merge {
            enrolled = List.copyOf(enrolled);
            require(enrolled.size() <= MAX_CROSSED, "too many enrolments of two users");
        }
    }

    /**
     * Erases a user from the model: removes the basket, and subtracts the counts and ratings that
     * it records. docs/model.md describes what is removed and what remains. For a user without a
     * basket it changes nothing but the model's total of erasures.
     */
    record Forget(ShardPosition source, Pseudonym user) implements FromEvents {}

    /**
     * An item of the catalogue changed; applied only if the item's version is higher than the
     * model's, so it needs no source.
     *
     * @param item without its text
     * @param terms hashed analysed term → frequency in title, text and tags; ≤ 256
     * @param putAt when the catalogue put it, in whole seconds: the item is not younger than this
     */
    record ItemChanged(Item item, Map<Integer, Integer> terms, Instant putAt) implements Example {
        /** Most terms of an item: the most frequent ones are kept. */
        public static final int MAX_TERMS = 256;

        public ItemChanged {
            terms = Map.copyOf(terms);
            putAt = putAt.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    /**
     * A definition changed, or was deleted; applied only if its version is higher than the model's,
     * so it needs no source. It has the document for those who assign, analyse and make lists, and
     * of an experiment what its sums need.
     *
     * @param id which also says what is defined ({@link DefinitionKind})
     * @param version orders all changes of an id, its deletion included
     * @param phase the present one of an experiment; null otherwise
     * @param document JSON as its owner sent it, at most {@value #MAX_BYTES} bytes in UTF-8; null
     *     if it was deleted
     */
    record Definition(String id, long version, @Nullable Phase phase, @Nullable String document)
            implements Example {
        /** Most bytes of a document in UTF-8. */
        public static final int MAX_BYTES = 16 << 10;

        /**
         * The time of an experiment in which its users and its arms stay.
         *
         * @param running whether users are assigned, and what they do is summed
         * @param salt names the phase: sums of another salt are not of these users
         * @param windowSeconds the time from a user's first exposure in which outcomes count
         * @param currency of the revenue that is summed; null if none is
         */
        public record Phase(
                boolean running, String salt, int windowSeconds, @Nullable String currency) {
            static final Phase NONE = new Phase(false, "", 0, null);
        }

        /** Returns the deletion of an id. */
        public static Definition deleted(String id, long version) {
            return new Definition(id, version, null, null);
        }

        /** Returns what is defined. */
        public DefinitionKind kind() {
            return DefinitionKind.of(id);
        }

        /** Returns whether this is an experiment that runs. */
        public boolean running() {
            return phaseOrNone().running();
        }

        /** Returns the document in UTF-8; empty for a deletion. */
        public byte[] bytes() {
            return document == null ? new byte[0] : document.getBytes(StandardCharsets.UTF_8);
        }

        Phase phaseOrNone() {
            return phase == null ? Phase.NONE : phase;
        }
    }

    /** What the documents of a stack define. An id says of what kind its document is. */
    enum DefinitionKind {
        /** An experiment. */
        EXPERIMENT("", 200),
        /** A named rule of lists. */
        RULE("rule:", 50);

        private final String prefix;
        private final int most;

        DefinitionKind(String prefix, int most) {
            this.prefix = prefix;
            this.most = most;
        }

        /** Returns the kind of the definition of an id. */
        public static DefinitionKind of(String id) {
            return Arrays.stream(values())
                    .filter(kind -> !kind.prefix.isEmpty() && id.startsWith(kind.prefix))
                    .findFirst()
                    .orElse(EXPERIMENT);
        }

        /**
         * Returns the most definitions of a stack; a few more where they are put at the same
         * moment.
         */
        public int most() {
            return most;
        }

        /** Returns what one of this kind is called. */
        public String singular() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Returns what several of this kind are called. */
        public String plural() {
            return singular() + "s";
        }

        /** Returns whether a definition of this kind has phases, whose users are summed apart. */
        public boolean hasPhases() {
            return this == EXPERIMENT;
        }

        /** Returns the id of the definition of a name. */
        public String idOf(String name) {
            return prefix + name;
        }

        /** Returns the name in an id of this kind. */
        public String nameOf(String id) {
            return id.substring(prefix.length());
        }
    }

    /**
     * A batch job made neighbours of items; applied only if the job is later than that of the
     * neighbours that the model names, so it needs no source.
     *
     * @param key of the object, ≤ {@value #MAX_TEXT} characters
     * @param sha256 lower-case hex of the object's hash
     * @param bytes length of the object
     * @param job name of the job, ≤ {@value #MAX_TEXT} characters
     * @param madeAt when the job began to read, in whole seconds
     */
    record Neighbours(String key, String sha256, int bytes, String job, Instant madeAt)
            implements Example {
        /** Most UTF-8 bytes of each text. */
        public static final int MAX_TEXT = 256;

        private static final int SHA_256_DIGITS = 64;

        public Neighbours {
            madeAt = madeAt.truncatedTo(ChronoUnit.SECONDS);
            require(
                    !key.isEmpty() && key.length() <= MAX_TEXT && job.length() <= MAX_TEXT,
                    "a name of neighbours is empty or too long");
            require(
                    sha256.length() == SHA_256_DIGITS
                            && bytes >= 0
                            && !madeAt.isBefore(Instant.EPOCH),
                    "neighbours have no valid hash, length or time");
        }
    }

    private static List<Enrolled> checked(List<Enrolled> enrolled) {
        require(enrolled.size() <= Enrolments.MAX, "too many enrolments of a user");
        return List.copyOf(enrolled);
    }
}
