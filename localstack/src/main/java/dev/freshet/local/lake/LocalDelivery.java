package dev.freshet.local.lake;

import dev.freshet.local.lake.DeliveryForm.Source;
import dev.freshet.local.mapping.Checkpoints;
import dev.freshet.local.mapping.Lineage;
import dev.freshet.local.mapping.ShardBatch.ShardRecord;
import dev.freshet.local.mapping.StreamSource;
import dev.freshet.local.mapping.StreamSource.Page;
import dev.freshet.local.mapping.StreamSource.ShardReader;
import dev.freshet.local.mapping.StreamSource.SourceException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The stand-in for Firehose: reads a stream from {@code LATEST}, collects records until they are
 * many or old enough, and delivers them in batches. One thread does all of it.
 *
 * <p>A checkpoint is written after a batch is delivered, so that a process that ends between the
 * two delivers it again: settling keeps one row of each.
 */
public final class LocalDelivery implements AutoCloseable {
    /** Bytes at which a batch is delivered; three times as many must fit into an answer. */
    static final int BUFFER_BYTES = 1 << 20;

    /** The age at which a batch is delivered; Firehose waits at least as long, usually a minute. */
    static final Duration BUFFER_AGE = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(250);
    private static final int FETCH = 1_000;

    private final StreamSource source;
    private final Checkpoints checkpoints;
    private final BatchDelivery delivery;
    private final Runnable afterBatch;
    private final InstantSource clock;
    private final Consumer<String> messages;
    private final Map<String, ShardReader> readers = new HashMap<>();
    private final List<Source> buffer = new ArrayList<>();
    private final Map<String, BigInteger> reached = new HashMap<>();
    private final List<String> ended = new ArrayList<>();
    private final Thread thread;
    private int bytes;
    private Instant begun = Instant.MAX;
    private volatile boolean stopped;

    /**
     * Creates the delivery.
     *
     * @param afterBatch run after each batch but the last: what else a lake gets from its stack
     */
    public LocalDelivery(
            StreamSource source,
            Checkpoints checkpoints,
            BatchDelivery delivery,
            Runnable afterBatch,
            InstantSource clock,
            Consumer<String> messages) {
        this.source = source;
        this.checkpoints = checkpoints;
        this.delivery = delivery;
        this.afterBatch = afterBatch;
        this.clock = clock;
        this.messages = messages;
        this.thread = Thread.ofPlatform().daemon().name("lake-delivery").unstarted(this::run);
    }

    /** Starts reading. */
    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!stopped) {
                try {
                    step();
                } catch (SourceException | IllegalStateException e) {
                    messages.accept(
                            "The delivery to the lake: " + e.getMessage() + "; trying again.");
                    readers.clear();
                    clear();
                    Thread.sleep(POLL);
                }
            }
            deliver();
        } catch (SourceException | IllegalStateException e) {
            messages.accept(
                    "The delivery to the lake ended early: "
                            + e.getMessage()
                            + "; what is missing is delivered at the next start.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Forgets what is buffered. */
    private void clear() {
        buffer.clear();
        reached.clear();
        ended.clear();
        bytes = 0;
        begun = Instant.MAX;
    }

    /** Reads once from each shard, and delivers what is due. */
    private void step() throws InterruptedException {
        int read = 0;
        for (Lineage.Shard shard : Lineage.readable(source.shards(), checkpoints.finished())) {
            if (!ended.contains(shard.id())) {
                read += read(shard.id());
            }
        }
        boolean due =
                bytes >= BUFFER_BYTES
                        || !ended.isEmpty()
                        || (!buffer.isEmpty() && !clock.instant().isBefore(begun.plus(BUFFER_AGE)));
        if (due) {
            deliver();
            delivery.redrive();
            afterBatch.run();
        } else if (read == 0) {
            Thread.sleep(POLL);
        }
    }

    private int read(String shard) {
        Page page =
                readers.computeIfAbsent(
                                shard, opened -> source.open(opened, checkpoints.next(opened)))
                        .next(FETCH);
        for (ShardRecord record : page.records()) {
            buffer.add(new Source(shard, record));
            bytes += record.payloadBytes();
            reached.put(shard, record.sequenceNumber());
            if (begun.equals(Instant.MAX)) {
                begun = clock.instant();
            }
        }
        if (page.ended()) {
            ended.add(shard);
        }
        return page.records().size();
    }

    /** Delivers what is buffered, in batches of the buffer's size, then writes the checkpoints. */
    private void deliver() throws InterruptedException {
        int from = 0;
        int size = 0;
        for (int i = 0; i < buffer.size(); i++) {
            size += buffer.get(i).record().payloadBytes();
            if (size >= BUFFER_BYTES || i == buffer.size() - 1) {
                delivery.deliver(List.copyOf(buffer.subList(from, i + 1)));
                from = i + 1;
                size = 0;
            }
        }
        reached.forEach(checkpoints::advance);
        ended.forEach(checkpoints::finish);
        ended.forEach(readers::remove);
        clear();
    }

    /** Delivers what is buffered and ends, in 10 seconds at most. */
    @Override
    public void close() {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            if (thread.join(Duration.ofSeconds(10))) {
                delivery.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
