package dev.freshet.lake;

import dev.freshet.access.Signer;
import dev.freshet.event.Event;
import dev.freshet.event.StreamRecord;
import dev.freshet.features.FeatureFlow.Admission;
import dev.freshet.features.FeatureFlow.EventOutcome;
import dev.freshet.ingest.EventCollector;
import dev.freshet.profile.Users;
import dev.freshet.store.FullJitter;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Transforms records of {@code events} into rows of {@link LakeTable#ARRIVALS}: the first half of
 * the write flow, with a row in place of its writes. It writes nothing itself, so that a batch that
 * comes again makes the rows again; settling keeps one of each.
 *
 * @param decoder reads a record's bytes; any exception means that they cannot be read
 * @param exposures returns the signer derived by {@link Signer#EXPOSURE}
 * @param random draws the waits for a store
 * @param pause waits for a store
 */
public record LakeFlow(
        Users users,
        Function<byte[], Event> decoder,
        Supplier<Signer> exposures,
        LakeRows rows,
        InstantSource clock,
        RandomGenerator random,
        EventCollector.Pause pause) {
    private static final FullJitter BACKOFF =
            new FullJitter(Duration.ofMillis(200), Duration.ofSeconds(10));

    /** What became of a record. */
    public sealed interface Transformed {}

    /** A record with a row. */
    public record Kept(LakeRow row) implements Transformed {}

    /** A record that leaves no row. */
    public record Dropped(EventOutcome why) implements Transformed {}

    /**
     * Transforms a batch, and waits for the store of profiles until it answers.
     *
     * @param deadline no further attempt is made from here on
     * @return what became of each record, in their order
     * @throws StoreUnavailableException if the store did not answer until then
     */
    public List<Transformed> transform(List<StreamRecord> batch, Instant deadline) {
        List<Admission> admissions = admissions(batch, deadline);
        List<Transformed> transformed = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            transformed.add(
                    switch (admissions.get(i)) {
                        case Admission.Refused(EventOutcome why) -> new Dropped(why);
                        case Admission.Admitted(Event event, boolean analytics) ->
                                transform(event, batch.get(i), analytics);
                    });
        }
        return List.copyOf(transformed);
    }

    private Transformed transform(Event event, StreamRecord record, boolean analytics) {
        return switch (event) {
            case Event.Interaction interaction -> kept(rows.of(interaction, record, analytics));
            case Event.Retraction retraction -> kept(rows.of(retraction, record));
            case Event.Impression shown ->
                    analytics
                            ? kept(rows.of(shown, record))
                            : new Dropped(EventOutcome.WITHOUT_CONSENT);
            case Event.Alias alias -> kept(rows.of(alias, record));
            case Event.Erasure erasure ->
                    erasure.isOwn()
                            ? kept(rows.of(erasure, record))
                            : new Dropped(EventOutcome.ERASURE);
        };
    }

    private Transformed kept(LakeRow row) {
        return new Kept(row.set(Column.TRANSFORMED_AT, clock.instant()));
    }

    private List<Admission> admissions(List<StreamRecord> batch, Instant deadline) {
        for (int failures = 1; ; failures++) {
            try {
                return Admission.of(batch, decoder, users, exposures);
            } catch (StoreUnavailableException unanswered) {
                long wait = BACKOFF.draw(failures, random);
                if (!clock.instant().plusMillis(wait).isBefore(deadline)) {
                    throw unanswered;
                }
                sleep(wait, unanswered);
            }
        }
    }

    private void sleep(long millis, StoreUnavailableException unanswered) {
        try {
            pause.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw unanswered;
        }
    }
}
