package dev.freshet.features;

import dev.freshet.access.ExposureToken;
import dev.freshet.event.Event;
import dev.freshet.event.Value;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Determines the list that gets the credit for an event: the list of the event's token; for a
 * conversion without one, the last list from which its item was clicked (last touch).
 */
public final class ListCredits {
    /** Most lists of one id that are looked at for a conversion without a token. */
    static final int LISTS = 20;

    private static final int HOUR_SECONDS = 3_600;

    private final Exposures exposures;
    private final AttributionRules rules;

    ListCredits(Exposures exposures, AttributionRules rules) {
        this.exposures = exposures;
        this.rules = rules;
    }

    /**
     * Returns the credit of an event; null if it is no outcome. Reads up to {@value #LISTS} lists
     * of each id for a conversion without a token, and nothing otherwise.
     *
     * @param ids under which the user's lists are stored: the one of the event first
     */
    @Nullable ListCredit of(Event.Interaction event, List<String> ids) {
        Optional<ExposureToken> token = Optional.ofNullable(event.header().list());
        OutcomeKind kind = kind(event, token);
        if (kind == null) {
            return null;
        }
        ListCredit credit =
                token.map(list -> of(kind, list, event))
                        .or(
                                () ->
                                        kind == OutcomeKind.CONVERSION && event.target().isItem()
                                                ? lastTouch(event, ids)
                                                : Optional.empty())
                        .orElseGet(
                                () ->
                                        ListCredit.unattributed(
                                                kind, hour(event.header().receivedAt())));
        Value value = event.value();
        return value.currency() != null && kind == OutcomeKind.CONVERSION
                ? credit.worth(amount(value.number()), value.currency())
                : credit;
    }

    /** Returns the time from a list's issue to an event, in seconds, at least 0. */
    static long seconds(Instant issuedAt, Event event) {
        return Math.max(0, Duration.between(issuedAt, event.header().correctedAt()).toSeconds());
    }

    /** Returns the hour of a time: hours since 1970-01-01 in UTC. */
    public static int hour(Instant time) {
        return Math.toIntExact(Math.floorDiv(time.getEpochSecond(), HOUR_SECONDS));
    }

    /** Returns an amount of money, in {@link ListCredit#AMOUNTS_PER_UNIT}. */
    public static long amount(double units) {
        return BigDecimal.valueOf(units)
                .movePointRight(4)
                .setScale(0, RoundingMode.HALF_EVEN)
                .longValueExact();
    }

    private @Nullable OutcomeKind kind(Event.Interaction event, Optional<ExposureToken> token) {
        return rules.kind(
                event.type(),
                token.map(list -> Duration.ofSeconds(seconds(list.issuedAt(), event)))
                        .orElse(null));
    }

    private static ListCredit of(OutcomeKind kind, ExposureToken list, Event.Interaction event) {
        int position = event.target().isItem() ? list.positionOf(event.target().id()) : -1;
        return ListCredit.of(
                kind,
                new ListCredit.ListPlace(
                        true,
                        list.placement(),
                        ShownList.labels(list.arms(), list.segment()),
                        hour(list.issuedAt()),
                        position,
                        position < 0 ? 0 : list.items().get(position - list.first()).sources()));
    }

    /**
     * Returns the credit of the last list from which the item was clicked within the validity of a
     * token; where view-through counts, else of the last list that showed it.
     */
    private Optional<ListCredit> lastTouch(Event.Interaction event, List<String> ids) {
        Instant at = event.header().correctedAt();
        List<StoredExposure> shown =
                ids.stream()
                        .flatMap(id -> exposures.latest(id, LISTS).stream())
                        .filter(row -> place(row, event) >= 0 && !row.issuedAt().isAfter(at))
                        .toList();
        Instant clickedSince = at.minus(ExposureToken.VALID_FOR);
        Optional<StoredExposure> clicked =
                shown.stream()
                        .filter(
                                row ->
                                        clicks(row, event)
                                                .anyMatch(click -> !click.isBefore(clickedSince)))
                        .max(
                                Comparator.comparing(
                                                (StoredExposure row) ->
                                                        clicks(row, event)
                                                                .max(Comparator.naturalOrder())
                                                                .orElseThrow())
                                        .thenComparing(StoredExposure::issuedAt)
                                        .thenComparing(StoredExposure::listId));
        return clicked.or(() -> viewed(shown, at)).map(row -> of(row, event));
    }

    private Optional<StoredExposure> viewed(List<StoredExposure> shown, Instant at) {
        Instant since = at.minus(rules.viewThrough());
        return shown.stream()
                .filter(row -> rules.viewThrough().isPositive() && !row.issuedAt().isBefore(since))
                .max(
                        Comparator.comparing(StoredExposure::issuedAt)
                                .thenComparing(StoredExposure::listId));
    }

    private static int place(StoredExposure row, Event.Interaction event) {
        ShownList list = row.list();
        return list == null || list.modelVersion() == 0 ? -1 : list.indexOf(event.target().id());
    }

    /** Returns the times at which the user clicked the item in a list. */
    private static Stream<Instant> clicks(StoredExposure row, Event.Interaction event) {
        int place = place(row, event);
        return row.outcomes().stream()
                .filter(outcome -> outcome.kind().isClick() && outcome.position() == place)
                .map(outcome -> row.issuedAt().plusSeconds(outcome.seconds()));
    }

    private static ListCredit of(StoredExposure row, Event.Interaction event) {
        ShownList list = Objects.requireNonNull(row.list());
        int position = place(row, event);
        return ListCredit.of(
                OutcomeKind.CONVERSION,
                new ListCredit.ListPlace(
                        true,
                        list.placement(),
                        list.labels(),
                        hour(row.issuedAt()),
                        position,
                        list.places().get(position).sources()));
    }
}
