package dev.freshet.local.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One function with its sandboxes, limits and counts. Thread-safe.
 *
 * <p>If the template reserves concurrency, an invocation beyond it is throttled immediately, as in
 * Lambda. Otherwise Lambda would start another sandbox; here there are at most {@code bound}, and
 * an invocation waits for a free one for at most the function's timeout before it is throttled. At
 * most {@value #MAX_WAITING} invocations wait; one more is throttled immediately.
 */
public final class LocalFunction implements AutoCloseable {

    /** Maximum number of invocations that wait for a sandbox. */
    public static final int MAX_WAITING = 64;

    private static final long MESSAGE_INTERVAL_NANOS = 1_000_000_000L;

    private final FunctionDefinition spec;
    private final Supplier<Sandbox> sandboxes;
    private final Supplier<String> requestIds;
    private final Consumer<String> messages;
    private final int bound;
    private final Semaphore permits;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Deque<Sandbox> idle = new ArrayDeque<>();
    private final Counts counts = new Counts();
    private int alive;
    private boolean closed;
    private long lastMessageAt = System.nanoTime() - MESSAGE_INTERVAL_NANOS;

    /**
     * Creates a function without sandboxes.
     *
     * @param sandboxes starts another sandbox; an exception counts as a failed invocation
     * @param bound maximum number of sandboxes if the template reserves no concurrency
     * @param requestIds source of unique request ids
     * @param messages receives one line about a failure, at most one per second
     */
    public LocalFunction(
            FunctionDefinition spec,
            Supplier<Sandbox> sandboxes,
            int bound,
            Supplier<String> requestIds,
            Consumer<String> messages) {
        this.spec = spec;
        this.sandboxes = sandboxes;
        this.requestIds = requestIds;
        this.messages = messages;
        this.bound = spec.reservedConcurrency().orElse(bound);
        this.permits = new Semaphore(this.bound, true);
    }

    public FunctionDefinition spec() {
        return spec;
    }

    /** Starts a first sandbox in advance, so that the first invocation does not have to. */
    public void warm() {
        Sandbox first = sandboxes.get();
        synchronized (idle) {
            alive++;
            idle.push(first);
        }
    }

    /** Closes all sandboxes, once their invocations are over, and starts a first one anew. */
    public void replace() throws InterruptedException {
        permits.acquire(bound);
        try {
            rest().forEach(Sandbox::close);
            warm();
        } finally {
            permits.release(bound);
        }
    }

    /** Invokes the function once, for at most its timeout. */
    public Invocation invoke(String payload) throws InterruptedException {
        return invoke(payload, spec.timeout());
    }

    /**
     * Invokes the function once.
     *
     * @param limit time limit of the caller; the function's timeout applies if it is shorter
     */
    public Invocation invoke(String payload, Duration limit) throws InterruptedException {
        Duration timeLimit = limit.compareTo(spec.timeout()) < 0 ? limit : spec.timeout();
        if (!admitted(timeLimit)) {
            return counted(new Invocation.Throttled(), 0, "");
        }
        try {
            String requestId = requestIds.get();
            long began = System.nanoTime();
            Invocation invocation = run(payload, requestId, timeLimit);
            return counted(invocation, System.nanoTime() - began, requestId);
        } finally {
            permits.release();
        }
    }

    private boolean admitted(Duration timeLimit) throws InterruptedException {
        if (permits.tryAcquire()) {
            return true;
        }
        if (spec.reservedConcurrency().isPresent()) {
            return false;
        }
        try {
            return waiting.incrementAndGet() <= MAX_WAITING
                    && permits.tryAcquire(timeLimit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private Invocation run(String payload, String requestId, Duration limit)
            throws InterruptedException {
        Sandbox sandbox;
        try {
            sandbox = free();
        } catch (RuntimeException e) {
            return new Invocation.Failed("Runtime.InitError", String.valueOf(e.getMessage()));
        }
        try {
            return sandbox.invoke(payload, requestId, limit);
        } finally {
            giveBack(sandbox);
        }
    }

    private Sandbox free() {
        synchronized (idle) {
            if (!idle.isEmpty()) {
                return idle.pop();
            }
            alive++;
        }
        try {
            return sandboxes.get();
        } catch (RuntimeException e) {
            synchronized (idle) {
                alive--;
            }
            throw e;
        }
    }

    private void giveBack(Sandbox sandbox) {
        boolean kept;
        synchronized (idle) {
            kept = sandbox.healthy() && !closed;
            if (kept) {
                idle.push(sandbox);
            } else {
                alive--;
            }
        }
        if (!kept) {
            sandbox.close();
        }
    }

    private Invocation counted(Invocation invocation, long tookNanos, String requestId) {
        counts.count(invocation, tookNanos);
        switch (invocation) {
            case Invocation.Failed failed -> report(failed.line(), requestId);
            case Invocation.TimedOut(var ms) -> report("timed out after " + ms + " ms", requestId);
            case Invocation.Throttled ignored -> {}
            case Invocation.Answer ignored -> {}
        }
        return invocation;
    }

    private void report(String line, String requestId) {
        synchronized (counts) {
            if (System.nanoTime() - lastMessageAt < MESSAGE_INTERVAL_NANOS) {
                return;
            }
            lastMessageAt = System.nanoTime();
        }
        messages.accept(
                "%s failed (%d so far): %s [%s]"
                        .formatted(spec.name(), counts.errors(), line, requestId));
    }

    /** Returns the number of invocations that wait for a sandbox. */
    int waiting() {
        return waiting.get();
    }

    /** Returns counts and durations, for the status. */
    public ObjectNode status() {
        synchronized (idle) {
            return counts.toJson(alive);
        }
    }

    @Override
    public void close() {
        synchronized (idle) {
            closed = true;
        }
        rest().forEach(Sandbox::close);
    }

    /** Takes all idle sandboxes. */
    private Deque<Sandbox> rest() {
        synchronized (idle) {
            Deque<Sandbox> rest = new ArrayDeque<>(idle);
            alive -= rest.size();
            idle.clear();
            return rest;
        }
    }

    /** Counts and durations of a function's invocations since the start. Thread-safe. */
    private static final class Counts {

        /** Maximum duration of a Lambda invocation, 15 minutes, in microseconds. */
        private static final long LONGEST_MICROS = 900_000_000L;

        private final LongAdder invocations = new LongAdder();
        private final LongAdder errors = new LongAdder();
        private final LongAdder throttles = new LongAdder();
        private final Histogram micros = new ConcurrentHistogram(LONGEST_MICROS, 2);
        private volatile @Nullable String lastError;

        void count(Invocation invocation, long tookNanos) {
            switch (invocation) {
                case Invocation.Throttled() -> throttles.increment();
                case Invocation.Answer(var ignored) -> ran(tookNanos);
                case Invocation.Failed failed -> failed(failed.line(), tookNanos);
                case Invocation.TimedOut(var ms) ->
                        failed("timed out after " + ms + " ms", tookNanos);
            }
        }

        private void failed(String line, long tookNanos) {
            ran(tookNanos);
            errors.increment();
            lastError = line;
        }

        private void ran(long tookNanos) {
            invocations.increment();
            micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, tookNanos / 1_000)));
        }

        long errors() {
            return errors.sum();
        }

        ObjectNode toJson(int sandboxes) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            json.put("invocations", invocations.sum())
                    .put("errors", errors.sum())
                    .put("throttles", throttles.sum())
                    .put("sandboxes", sandboxes)
                    .put("lastError", lastError);
            json.putObject("durationMs")
                    .put("p50", micros.getValueAtPercentile(50) / 1_000.0)
                    .put("p99", micros.getValueAtPercentile(99) / 1_000.0)
                    .put("max", micros.getMaxValue() / 1_000.0);
            return json;
        }
    }
}
