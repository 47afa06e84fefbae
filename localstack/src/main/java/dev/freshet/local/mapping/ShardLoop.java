package dev.freshet.local.mapping;

import dev.freshet.local.mapping.ShardMachine.Action;
import dev.freshet.local.mapping.StreamSource.Page;
import dev.freshet.local.mapping.StreamSource.Position;
import dev.freshet.local.mapping.StreamSource.ShardReader;
import dev.freshet.local.mapping.StreamSource.SourceException;
import dev.freshet.local.template.MappingRules;
import dev.freshet.store.FullJitter;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Driver of one {@link ShardMachine}: a single thread fetches records, starts the actions that the
 * machine requests and applies their outcomes. Actions run on other threads and report through a
 * mailbox. An idle shard is polled every 40 ms, or every 100 ms after two seconds without records.
 */
final class ShardLoop implements Runnable {

    private static final Duration POLL = Duration.ofMillis(40);
    private static final Duration SLOW_POLL = Duration.ofMillis(100);
    private static final Duration QUIET = Duration.ofSeconds(2);
    private static final Duration GRACE = Duration.ofSeconds(3);

    /** Waits of a failing lane: 100 ms, 200 ms, … 10 s. AWS does not publish its own values. */
    private static final FullJitter BACKOFF =
            new FullJitter(Duration.ofMillis(100), Duration.ofSeconds(10));

    private static final int FETCH = 1_000;

    private final MappingRunner runner;
    private final String shard;
    private final InstantSource clock;
    private final ShardMachine machine;
    private final ShardReader reader;
    private final LinkedBlockingQueue<Consumer<ShardMachine>> mailbox = new LinkedBlockingQueue<>();
    private @Nullable BigInteger savedCheckpoint;
    private Instant fetchAt = Instant.MIN;
    private Instant lastRecordAt;
    private boolean ended;
    private int running;
    private volatile boolean stopped;
    private volatile Lag lag = new Lag(0, null, false);
    private final AtomicLong idleLooks = new AtomicLong();

    /**
     * Unfinished records.
     *
     * @param records number of records fetched and unfinished
     * @param oldest arrival time of the oldest of them, or null
     * @param more whether the stream contained more at the last fetch
     */
    record Lag(int records, @Nullable Instant oldest, boolean more) {}

    /**
     * Creates a loop; it reads from the shard's checkpoint on.
     *
     * @param createdLater whether the shard was first listed after the mapping was started
     */
    ShardLoop(MappingRunner runner, String shard, boolean createdLater) {
        this.runner = runner;
        this.shard = shard;
        this.clock = runner.clock;
        this.savedCheckpoint = runner.checkpoints.after(shard);
        this.machine = new ShardMachine(runner.spec.rules(), BACKOFF, savedCheckpoint);
        this.reader = runner.source.open(shard, start(createdLater));
        this.lastRecordAt = clock.instant();
    }

    private Position start(boolean createdLater) {
        if (savedCheckpoint != null) {
            return new Position.After(savedCheckpoint);
        }
        Instant since = runner.checkpoints.since();
        MappingRules rules = runner.spec.rules();
        return switch (rules.start()) {
            case TRIM_HORIZON -> new Position.Oldest();
            case LATEST -> createdLater ? new Position.Oldest() : new Position.Since(since);
            case AT_TIMESTAMP ->
                    new Position.Since(Objects.requireNonNullElse(rules.startTimestamp(), since));
        };
    }

    @Override
    public void run() {
        try {
            while (!stopped && !machine.finished()) {
                step();
            }
            awaitRunning();
            saveCheckpoint();
            if (machine.finished()) {
                runner.checkpoints.finish(shard);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitRunning() throws InterruptedException {
        Instant deadline = clock.instant().plus(GRACE);
        while (running > 0 && clock.instant().isBefore(deadline)) {
            Consumer<ShardMachine> mail = mailbox.poll(50, TimeUnit.MILLISECONDS);
            if (mail != null) {
                take(mail);
            }
        }
    }

    private void take(Consumer<ShardMachine> mail) {
        running--;
        mail.accept(machine);
    }

    private void step() throws InterruptedException {
        for (Consumer<ShardMachine> mail = mailbox.poll(); mail != null; mail = mailbox.poll()) {
            take(mail);
        }
        saveCheckpoint();
        begin();
        Instant now = clock.instant();
        if (!ended && machine.room() > 0 && !now.isBefore(fetchAt)) {
            fetch(now);
            begin();
        }
        lag =
                new Lag(
                        machine.outstanding(),
                        machine.oldestArrival(),
                        machine.room() == 0 || fetchAt.equals(Instant.MIN));
        Consumer<ShardMachine> mail = mailbox.poll(waitMillis(), TimeUnit.MILLISECONDS);
        if (mail != null) {
            take(mail);
        }
    }

    private void begin() {
        for (Action action = machine.next(clock.instant());
                action != null;
                action = machine.next(clock.instant())) {
            running++;
            runner.actions.begin(shard, action, mailbox::add);
        }
    }

    private void fetch(Instant now) {
        try {
            Page page = reader.next(Math.min(machine.room(), FETCH));
            ended = page.ended();
            machine.fetched(page.records(), clock.instant());
            if (ended) {
                machine.ended();
            }
            if (!page.records().isEmpty()) {
                lastRecordAt = now;
                fetchAt = Instant.MIN;
            } else {
                if (machine.outstanding() == 0) {
                    idleLooks.incrementAndGet();
                }
                boolean quiet = lastRecordAt.plus(QUIET).isBefore(now);
                fetchAt = clock.instant().plus(quiet ? SLOW_POLL : POLL);
            }
        } catch (SourceException e) {
            runner.sourceFailed("Reading " + e.getMessage() + "; trying again.");
            fetchAt = clock.instant().plus(Duration.ofSeconds(1));
        }
    }

    private long waitMillis() {
        Instant now = clock.instant();
        Instant until = now.plusSeconds(1);
        if (!ended && machine.room() > 0 && fetchAt.isBefore(until)) {
            until = fetchAt;
        }
        Instant wake = machine.wake();
        if (wake != null && wake.isBefore(until)) {
            until = wake;
        }
        return until.isAfter(now) ? Math.max(1, Duration.between(now, until).toMillis()) : 0;
    }

    private void saveCheckpoint() {
        BigInteger checkpoint = machine.checkpoint();
        if (checkpoint != null && !checkpoint.equals(savedCheckpoint)) {
            runner.checkpoints.advance(shard, checkpoint);
            savedCheckpoint = checkpoint;
        }
    }

    Lag lag() {
        return lag;
    }

    /** Returns how often the shard had nothing new while no record was unfinished. */
    long idleLooks() {
        return idleLooks.get();
    }

    void stop() {
        stopped = true;
    }
}
