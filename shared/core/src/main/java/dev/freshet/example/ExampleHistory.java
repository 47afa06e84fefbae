package dev.freshet.example;

import dev.freshet.event.StreamRecord;
import java.time.Duration;
import java.util.List;

/** Port: {@code examples} read from some point on, in order, by whoever rebuilds a model. */
public interface ExampleHistory {
    /**
     * The next records; none where there are no newer ones yet. May throw {@link
     * dev.freshet.store.StoreUnavailableException}: what comes after is the same again.
     *
     * @param limit most records
     */
    List<StreamRecord> next(int limit);

    /** How far behind the stream's end the last read was; zero at the end. */
    Duration behind();
}
