package dev.freshet.features;

import dev.freshet.event.Event;
import dev.freshet.event.StreamRecord;
import dev.freshet.features.FeatureFlow.EventOutcome;
import dev.freshet.profile.Users;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Whether a record of {@code events} may leave rows, decided before anything is written: by what
 * its bytes are, and by the erasures and the consent of its users. {@link FeatureFlow} and the lake
 * decide alike.
 */
public sealed interface Admission {
    /**
     * An event that may leave rows.
     *
     * @param analytics whether its users consent to rows that only serve analytics
     */
    record Admitted(Event event, boolean analytics) implements Admission {}

    /** A record that leaves no row. */
    record Refused(EventOutcome why) implements Admission {}

    /**
     * Decides on a batch, by one read of the profiles of its users.
     *
     * @param batch records of one or several shards
     * @param decoder reads a record's bytes; any exception means that they cannot be read
     * @return one decision for each record, in their order
     * @throws dev.freshet.store.StoreUnavailableException if the profiles cannot be read
     */
    static List<Admission> of(
            List<StreamRecord> batch, Function<byte[], Event> decoder, Users users) {
        EventBatch read = EventBatch.read(batch, decoder, users);
        return IntStream.range(0, batch.size()).mapToObj(read::admission).toList();
    }
}
