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

/** What one event comes to: its row, what else it changes, and the example to emit. */
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
     * Takes one event.
     *
     * @param batch gives the profiles as they stand, and is told of those written
     * @throws dev.freshet.store.StoreUnavailableException when a store did not answer: to be taken
     *     again
     */
    StepOutcome take(EventBatch batch, StreamRecord record, Event event) {
        if (batch.isErased(record, event)) {
            if (event instanceof Event.Alias alias) {
                aliasLink.partIfHalf(alias);
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
                        : takenBack(row, interaction)
                                ? StepOutcome.of(EventOutcome.TAKEN_BACK)
                                : new StepOutcome(
                                        put.outcome(),
                                        factory.interaction(row, interaction.header().exposure()));
            }
            case Event.Retraction undone -> {
                StoredInteraction row =
                        EventRow.of(
                                undone,
                                undone.type(),
                                undone.target(),
                                0,
                                0,
                                undone.retracts(),
                                record);
                yield retracting(put(row, undone), row);
            }
            case Event.Impression shown -> impression(batch, record, shown);
            case Event.Alias alias -> {
                EventOutcome outcome = aliasLink.join(alias);
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
                        EventOutcome.FORGOTTEN, factory.forget(erasure, record.position()));
            }
        };
    }

    /**
     * The row serves measuring, the count of showings the reader. Without the row nobody knows a
     * producer's duplicate, which then counts as another showing; a redelivery is known by the
     * mark.
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

    /** Whether the reader was erased since the batch was read. */
    private static boolean isErased(UserProfile seen, Event event) {
        return seen.tombstone() != null && seen.tombstone().covers(event.header().receivedAt());
    }

    private RowPut put(StoredInteraction row, Event event) {
        return RowPut.of(interactions, row, event.header().retryOf());
    }

    /**
     * Since when an impression may have been counted. When a record that brings one back comes
     * again, nobody knows any more whether it took a row over, so it may have been then.
     */
    private static ShardPosition since(RowPut put, Event.Impression shown) {
        ShardPosition retryOf = shown.header().retryOf();
        return put.outcome() == EventOutcome.REDELIVERED && retryOf != null ? retryOf : put.since();
    }

    /** Whether an event brought back from quarantine was taken back while it lay there. */
    private boolean takenBack(StoredInteraction row, Event event) {
        return event.header().retryOf() != null
                && interactions.about(row.readerId(), row.eventId()).stream()
                        .skip(1)
                        .anyMatch(undone -> undone.owner().compareTo(row.owner()) < 0);
    }

    /**
     * The first of several retractions of one event takes it back; the others find nothing left,
     * and so does one that came before what it takes back, also when it comes again.
     */
    private StepOutcome retracting(RowPut put, StoredInteraction row) {
        if (put.isDuplicate()) {
            return StepOutcome.of(put.outcome());
        }
        List<StoredInteraction> about =
                interactions.about(row.readerId(), Objects.requireNonNull(row.retracts()));
        boolean nothingLeft =
                about.isEmpty()
                        || about.getFirst().owner().compareTo(row.owner()) > 0
                        || about.getFirst().retracts() != null
                        || about.getFirst().type() == EventType.IMPRESSION
                        || about.stream()
                                .skip(1)
                                .anyMatch(other -> other.owner().compareTo(put.since()) < 0);
        return nothingLeft
                ? StepOutcome.of(EventOutcome.NOTHING_TO_RETRACT)
                : new StepOutcome(
                        put.outcome(),
                        new Example.Retraction(row.owner(), factory.interaction(about.getFirst())));
    }
}
