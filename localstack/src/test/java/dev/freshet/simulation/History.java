package dev.freshet.simulation;

import dev.freshet.event.StreamRecord;
import dev.freshet.example.ExampleLog.ExampleHistory;
import dev.freshet.store.StoreUnavailableException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;

/** The stream of examples as a replay reads it, a few records at a time. */
final class History implements ExampleHistory {
    private static final int AT_A_TIME = 5;

    private final Sandbox process;
    private final Stream stream;
    private BigInteger after;
    private boolean atTheEnd;

    /** Creates a history that begins after a sequence number. */
    History(Sandbox process, Stream stream, BigInteger after) {
        this.process = process;
        this.stream = stream;
        this.after = after;
    }

    @Override
    public List<StreamRecord> next(int limit) {
        List<StreamRecord> next =
                process.call(
                        () -> read(Math.min(limit, AT_A_TIME)),
                        () ->
                                new StoreUnavailableException(
                                        "Examples", new IllegalStateException("injected")));
        atTheEnd = next.isEmpty();
        if (!next.isEmpty()) {
            after = next.getLast().position().sequence();
        }
        return next;
    }

    private List<StreamRecord> read(int limit) {
        Stream.Shard only = stream.shard(stream.listed().getFirst().id());
        return only.after(after, limit).stream()
                .map(record -> stream.received(new Stream.Held(only.id, record)))
                .toList();
    }

    @Override
    public Duration behind() {
        return atTheEnd ? Duration.ZERO : Duration.ofSeconds(1);
    }
}
