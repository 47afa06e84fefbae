package dev.freshet.example;

import dev.freshet.event.StreamRecord;
import java.time.Duration;
import java.util.List;

/** Port: the {@code examples} stream read in order from a point in its past, to rebuild a model. */
public interface ExampleHistory {
    /**
     * Returns the next records; none where there are no newer ones yet. After a {@link
     * dev.freshet.store.StoreUnavailableException} the next call returns the records that this call
     * would have returned.
     *
     * @param limit most records
     */
    List<StreamRecord> next(int limit);

    /** Returns how far the last read was behind the stream's end; zero at the end. */
    Duration behind();
}
