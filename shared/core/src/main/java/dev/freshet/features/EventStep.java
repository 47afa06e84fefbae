package dev.freshet.features;

import dev.freshet.event.Event;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Target;
import dev.freshet.event.Value;
import dev.freshet.example.Example;
import dev.freshet.profile.ProfileWrite;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleBiFunction;

/**
 * Processes one event: stores its row, makes the other changes that it implies, and creates the
 * example to emit.
 */
final class EventStep {
    private final Interactions interactions;
    private final Users users;
    private final ToDoubleBiFunction<EventType, Value> strengths;
    private final ExampleFactory factory;
    private final AliasLink aliasLink;
    private final ErasureStep erasureStep;

    EventStep(
            Interactions interactions,
            Users users,
            ToDoubleBiFunction<EventType, Value> strengths,
            ExampleFactory factory) {
        this.interactions = interactions;
        this.users = users;
        this.strengths = strengths;
        this.factory = factory;
        this.aliasLink = new AliasLink(users);
        this.erasureStep = new ErasureStep(interactions, users);
    }

    /**
     * Processes one event.
     *
     * @param batch provides the profiles, and is updated with those written
     * @throws dev.freshet.store.StoreUnavailableException if a store did not answer: the record is
     *     to be delivered again
     */
    StepOutcome process(EventBatch batch, StreamRecord record, Event event) {
        if (batch.isErased(record, event)) {
            if (event instanceof Event.Alias alias) {
                aliasLink.unlinkIfIncomplete(alias);
            }
            return StepOutcome.of(EventOutcome.ERASED);
        }
        if (!batch.allows(event)) {
            return StepOutcome.of(EventOutcome.WITHOUT_CONSENT);
        }
        return switch (event) {
            case Event.Interaction interaction -> {
                StoredInteraction row = EventRow.of(interaction, strengths, record);
                RowPut put = put(row, interaction);
                yield put.isDuplicate()
                        ? StepOutcome.of(put.outcome())
                        : isRetracted(row, interaction)
                                ? StepOutcome.of(EventOutcome.ALREADY_RETRACTED)
                                : new StepOutcome(
                                        put.outcome(),
                                        factory.interaction(row, interaction.header().exposure()));
            }
            case Event.Retraction retraction -> {
                StoredInteraction row =
                        EventRow.of(
                                retraction,
                                retraction.type(),
                                retraction.target(),
                                0,
                                0,
                                retraction.retracts(),
                                record);
                yield retracting(put(row, retraction), row);
            }
            case Event.Impression shown -> impression(batch, record, shown);
            case Event.Alias alias -> {
                EventOutcome outcome = aliasLink.link(alias);
                batch.profile(users.get(record.partitionKey()));
                yield outcome == EventOutcome.ALIASED
                        ? new StepOutcome(outcome, factory.merge(alias, record.position()))
                        : StepOutcome.of(outcome);
            }
            case Event.Erasure erasure -> {
                if (erasure.isOwn()) {
                    batch.profile(erasureStep.erase(erasure, record.position()));
                }
                yield new StepOutcome(
                        EventOutcome.ERASURE, factory.forget(erasure, record.position()));
            }
        };
    }

    /**
     * Stores the row for analytics, and counts the impression for the user's frequency caps.
     * Without the row a producer's duplicate is not recognised and counts as another impression; a
     * redelivery is recognised by the mark.
     */
    private StepOutcome impression(EventBatch batch, StreamRecord record, Event.Impression shown) {
        boolean measured = batch.allowsAnalytics(shown);
        RowPut put =
                measured
                        ? put(
                                EventRow.of(
                                        shown,
                                        EventType.IMPRESSION,
                                        Target.NONE,
                                        0,
                                        0,
                                        null,
                                        record),
                                shown)
                        : new RowPut(EventOutcome.WITHOUT_CONSENT, record.position());
        if (!put.isDuplicate()) {
            batch.profile(
                    ProfileWrite.apply(
                            users,
                            batch.profile(record.partitionKey()),
                            seen ->
                                    isErased(seen, shown)
                                            ? seen
                                            : ShownCounter.with(
                                                    seen,
                                                    shown,
                                                    record.position(),
                                                    since(put, shown))));
        }
        return StepOutcome.of(put.outcome());
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
    private static ShardPosition since(RowPut put, Event.Impression shown) {
        ShardPosition retryOf = shown.header().retryOf();
        return put.outcome() == EventOutcome.REDELIVERED && retryOf != null ? retryOf : put.since();
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
    private StepOutcome retracting(RowPut put, StoredInteraction row) {
        if (put.isDuplicate()) {
            return StepOutcome.of(put.outcome());
        }
        List<StoredInteraction> about =
                interactions.withRetractions(row.userId(), Objects.requireNonNull(row.retracts()));
        boolean nothingToRetract =
                about.isEmpty()
                        || about.getFirst().owner().compareTo(row.owner()) > 0
                        || about.getFirst().retracts() != null
                        || about.getFirst().type() == EventType.IMPRESSION
                        || about.stream()
                                .skip(1)
                                .anyMatch(other -> other.owner().compareTo(put.since()) < 0);
        return nothingToRetract
                ? StepOutcome.of(EventOutcome.NOTHING_TO_RETRACT)
                : new StepOutcome(
                        put.outcome(),
                        new Example.Retraction(row.owner(), factory.interaction(about.getFirst())));
    }
}
