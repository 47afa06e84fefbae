package dev.freshet.features;

import dev.freshet.access.ListArm;
import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.enrolment.Enrolments;
import dev.freshet.event.Context;
import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.example.Example;
import dev.freshet.example.ListCredit;
import dev.freshet.features.FeatureFlow.EventOutcome;
import dev.freshet.features.FeatureFlow.Rules;
import dev.freshet.features.Interactions.Put;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.profile.Users.ProfileWrite;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Processes one event: stores its row, makes the other changes that it implies, and creates the
 * example to emit.
 */
final class EventStep {
    private final Interactions interactions;
    private final Users users;
    private final Rules rules;
    private final ExampleFactory factory;
    private final AliasLink aliasLink;
    private final ErasureStep erasureStep;
    private final ExposureStep exposureStep;

    EventStep(UserStores stores, Rules rules) {
        this.interactions = stores.interactions();
        this.users = stores.users();
        this.rules = rules;
        this.factory = rules.factory();
        this.aliasLink = new AliasLink(users);
        this.erasureStep = new ErasureStep(stores);
        this.exposureStep = new ExposureStep(stores.exposures(), rules.attribution());
    }

    /**
     * Processes one event.
     *
     * @param batch provides the profiles, and is updated with those written
     * @throws dev.freshet.store.StoreUnavailableException if a store did not answer: the record is
     *     to be delivered again
     */
    Finished process(EventBatch batch, StreamRecord record, Event event) {
        Optional<EventOutcome> refusal = batch.refusal(record, event);
        if (refusal.isPresent()) {
            if (refusal.get() == EventOutcome.ERASED && event instanceof Event.Alias alias) {
                aliasLink.unlinkIfIncomplete(alias);
            }
            return Finished.of(refusal.get());
        }
        ListUse use = batch.listUse(event);
        boolean keepsList = use.counts() || event instanceof Event.Impression;
        return admitted(batch, record, keepsList ? event : event.withoutExposure(), use)
                .naming(use);
    }

    /**
     * Processes an event that may leave rows.
     *
     * @param event without a list that does not count, except for an impression
     */
    private Finished admitted(EventBatch batch, StreamRecord record, Event event, ListUse use) {
        return switch (event) {
            case Event.Interaction interaction -> interaction(batch, record, interaction);
            case Event.Retraction retraction -> {
                StoredInteraction row = StoredInteraction.of(retraction, record);
                yield retracting(batch, put(row, retraction), row, retraction);
            }
            case Event.Impression shown -> impression(batch, record, shown, use);
            case Event.Alias alias -> {
                AliasLink.Linked linked =
                        aliasLink.link(alias, record.position(), batch.allowsAnalytics(alias));
                linked.profiles().forEach(batch::profile);
                yield linked.outcome() == EventOutcome.ALIASED
                        ? Finished.of(
                                linked.outcome(),
                                factory.merge(alias, record.position(), linked.crossed()))
                        : Finished.of(linked.outcome());
            }
            case Event.Erasure erasure -> {
                if (erasure.isOwn()) {
                    batch.profile(erasureStep.erase(erasure, record.position()));
                }
                yield Finished.of(EventOutcome.ERASURE, factory.forget(erasure, record.position()));
            }
        };
    }

    private Finished interaction(
            EventBatch batch, StreamRecord record, Event.Interaction interaction) {
        ListCredit credit =
                batch.allowsAnalytics(interaction)
                        ? exposureStep.credit(interaction, batch.profile(record.partitionKey()))
                        : null;
        StoredInteraction row =
                StoredInteraction.of(interaction, rules.strengths(), record)
                        .withProperties(
                                batch.allowsAnalytics(interaction)
                                        ? rules.kept().of(interaction.header().properties())
                                        : Map.of())
                        .credited(credit == null || credit.kind().isClick() ? null : credit);
        RowPut put = put(row, interaction);
        if (put.isDuplicate()) {
            return Finished.of(put.outcome());
        }
        if (isRetracted(row, interaction)) {
            return Finished.of(EventOutcome.ALREADY_RETRACTED);
        }
        return Finished.of(
                put.outcome(),
                factory.interaction(
                                row,
                                factory.standing(
                                        row.userId(),
                                        factory.cohorts(batch.owner(row.userId())),
                                        enrolled(batch, interaction, row)))
                        .inList(ExampleFactory.listed(interaction.header().list(), row.target()))
                        .credited(
                                credit == null
                                        ? null
                                        : counted(interaction, record, row, put, credit)));
    }

    /**
     * Returns what an interaction is to the enrolments of its user; nothing where the event does
     * not consent to analytics.
     *
     * @param event the interaction, or its retraction
     */
    private static List<Enrolled> enrolled(EventBatch batch, Event event, StoredInteraction row) {
        return batch.allowsAnalytics(event)
                ? batch.profile(row.userId())
                        .enrolled()
                        .of(row.owner(), List.of(), row.correctedAt())
                : List.of();
    }

    /**
     * Marks the list of an outcome, and returns the credit that counts. That of a redelivery is the
     * one that the first delivery stored, which a later one may not reach again. It marks no list
     * but its own: the list of the token may count only by an alias that came in between.
     */
    private @Nullable ListCredit counted(
            Event.Interaction interaction,
            StreamRecord record,
            StoredInteraction row,
            RowPut put,
            ListCredit credit) {
        ListCredit first =
                put.outcome() != EventOutcome.REDELIVERED || credit.kind().isClick()
                        ? credit
                        : interactions.withRetractions(row.userId(), row.eventId()).stream()
                                .findFirst()
                                .map(StoredInteraction::credit)
                                .orElse(null);
        return first == null || !first.place().equals(credit.place())
                ? first
                : exposureStep.mark(interaction, record, first);
    }

    /**
     * Stores the list for analytics, counts the impression for the user's frequency caps, and
     * enrols the user in the arms of the list, by the same write. A list that does not count for
     * the user is an impression for the frequency caps and nothing else. Without the row a
     * producer's duplicate is not recognised and counts as another impression; a redelivery is
     * recognised by the mark.
     */
    private Finished impression(
            EventBatch batch, StreamRecord record, Event.Impression shown, ListUse use) {
        Exposures.Written written =
                batch.allowsAnalytics(shown) && use.counts()
                        ? exposureStep.shown(shown, record)
                        : new Exposures.Written(Exposures.Put.STORED, null);
        if (written.put() == Exposures.Put.OTHERS) {
            return Finished.of(EventOutcome.DUPLICATE);
        }
        batch.profile(
                ProfileWrite.apply(
                        users,
                        batch.profile(record.partitionKey()),
                        seen ->
                                isErased(seen, shown)
                                                || ShownCounter.includes(seen, record.position())
                                        ? seen
                                        : afterwards(seen, written, record, shown, use)));
        StoredExposure row = written.row();
        if (row == null) {
            return Finished.of(
                    use.counts() ? EventOutcome.WITHOUT_CONSENT : EventOutcome.LIST_NOT_COUNTED);
        }
        List<ShardPosition> resubmitted =
                Stream.of(shown.header().retryOf(), row.first()).filter(Objects::nonNull).toList();
        return Finished.of(
                written.put() == Exposures.Put.OWN ? EventOutcome.REDELIVERED : EventOutcome.STORED,
                factory.exposure(
                                row,
                                batch.profile(record.partitionKey())
                                        .enrolled()
                                        .of(
                                                record.position(),
                                                resubmitted,
                                                shown.header().correctedAt()))
                        .seen(shown.header().context()));
    }

    /**
     * Returns a profile after an impression that it does not include: with the items counted and,
     * where the list is stored for analytics, its arms: of a list that a linked id asked for only
     * those that cross the user's own.
     */
    private static UserProfile afterwards(
            UserProfile seen,
            Exposures.Written written,
            StreamRecord record,
            Event.Impression shown,
            ListUse use) {
        UserProfile counted =
                ShownCounter.with(seen, shown, record.position(), since(written, record, shown));
        StoredExposure row = written.row();
        if (row == null || row.list() == null) {
            return counted;
        }
        Enrolments before = counted.enrolled();
        List<ListArm> arms =
                row.list().arms().stream()
                        .filter(
                                arm ->
                                        use != ListUse.LINKED
                                                || before.in(arm.experiment(), arm.salt())
                                                        .isPresent())
                        .toList();
        return counted.enrolled(
                before.shown(
                        arms,
                        record.position(),
                        shown.header().correctedAt(),
                        groups(row.list(), shown.header().context())));
    }

    /** Returns the groups of a user who was shown a list, by kind. */
    private static List<String> groups(ShownList list, Context seen) {
        return List.of(
                Objects.requireNonNullElse(list.segment(), ""),
                seen.device() == null ? "" : Context.known(seen.device()));
    }

    /** Returns whether the user was erased since the batch was read. */
    private static boolean isErased(UserProfile seen, Event event) {
        return seen.tombstone() != null && seen.tombstone().covers(event.header().receivedAt());
    }

    private RowPut put(StoredInteraction row, Event event) {
        return RowPut.of(interactions, row, event.header().retryOf());
    }

    /**
     * Returns the first position at which an impression may have been counted. When a resubmitted
     * record is delivered again, it is unknown whether it took over the first record's row, so that
     * the position of the first record is returned.
     */
    private static ShardPosition since(
            Exposures.Written written, StreamRecord record, Event.Impression shown) {
        ShardPosition retryOf = shown.header().retryOf();
        if (written.put() == Exposures.Put.OWN && retryOf != null) {
            return retryOf;
        }
        StoredExposure row = written.row();
        return row == null || row.first() == null ? record.position() : row.first();
    }

    /** Returns whether a resubmitted event was retracted while it was in quarantine. */
    private boolean isRetracted(StoredInteraction row, Event event) {
        return event.header().retryOf() != null
                && interactions.withRetractions(row.userId(), row.eventId()).stream()
                        .skip(1)
                        .anyMatch(retraction -> retraction.owner().compareTo(row.owner()) < 0);
    }

    /**
     * Applies a retraction. The first of several retractions of one event takes effect; the others
     * find nothing to retract, as does a retraction that precedes its interaction, also when it is
     * delivered again.
     */
    private Finished retracting(
            EventBatch batch, RowPut put, StoredInteraction row, Event.Retraction retraction) {
        if (put.isDuplicate()) {
            return Finished.of(put.outcome());
        }
        List<StoredInteraction> about =
                interactions.withRetractions(row.userId(), Objects.requireNonNull(row.retracts()));
        boolean nothingToRetract =
                about.isEmpty()
                        || about.getFirst().owner().compareTo(row.owner()) > 0
                        || about.getFirst().retracts() != null
                        || about.stream()
                                .skip(1)
                                .anyMatch(other -> other.owner().compareTo(put.since()) < 0);
        return nothingToRetract
                ? Finished.of(EventOutcome.NOTHING_TO_RETRACT)
                : Finished.of(
                        put.outcome(),
                        new Example.Retraction(
                                row.owner(),
                                factory.interaction(
                                        about.getFirst(),
                                        factory.standing(
                                                row.userId(),
                                                List.of(),
                                                enrolled(batch, retraction, about.getFirst())))));
    }

    /**
     * The result of one finished record of {@code events}.
     *
     * @param example to emit for training, or null
     * @param list what the list was to the user when the event was processed; {@link ListUse#NONE}
     *     for a record that was refused
     */
    record Finished(EventOutcome outcome, @Nullable Example example, ListUse list) {
        static Finished of(EventOutcome outcome) {
            return of(outcome, null);
        }

        private static Finished of(EventOutcome outcome, @Nullable Example example) {
            return new Finished(outcome, example, ListUse.NONE);
        }

        private Finished naming(ListUse use) {
            return new Finished(outcome, example, use);
        }
    }

    /**
     * The result of storing an event's row.
     *
     * @param outcome {@link EventOutcome#STORED}, {@link EventOutcome#REDELIVERED} or {@link
     *     EventOutcome#DUPLICATE}
     * @param since position of the record that first stored the row: this one, or the quarantined
     *     one whose row it took over
     */
    private record RowPut(EventOutcome outcome, ShardPosition since) {
        /**
         * Stores the row if absent, or in place of the row of the record that this one resubmits:
         * one write, and a second one for a resubmitted record.
         */
        static RowPut of(
                Interactions interactions, StoredInteraction row, @Nullable ShardPosition retryOf) {
            Put put = interactions.putIfAbsent(row, null);
            if (put == Put.OTHER_RECORD
                    && retryOf != null
                    && interactions.putIfAbsent(row, retryOf) != Put.OTHER_RECORD) {
                return new RowPut(EventOutcome.STORED, retryOf);
            }
            return new RowPut(
                    switch (put) {
                        case STORED -> EventOutcome.STORED;
                        case SAME_RECORD -> EventOutcome.REDELIVERED;
                        case OTHER_RECORD -> EventOutcome.DUPLICATE;
                    },
                    row.owner());
        }

        boolean isDuplicate() {
            return outcome == EventOutcome.DUPLICATE;
        }
    }
}
