package dev.freshet.local.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.local.template.FunctionDefinition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One function: its sandboxes, its limits and its counts.
 *
 * <p>Where the template reserves concurrency, an invocation beyond it is throttled at once, as in
 * Lambda. Elsewhere Lambda would start another sandbox; here there are at most {@code bound}, and
 * an invocation waits for a free one, at most for the function's own timeout, before it is
 * throttled; {@value #MAX_WAITING} wait at most, and one more is throttled at once. Safe for
 * several threads.
 */
public final class LocalFunction implements AutoCloseable {

    /** Most invocations that wait for a sandbox. */
    public static final int MAX_WAITING = 64;

    private static final long TOLD_EVERY_NANOS = 1_000_000_000L;

    private final FunctionDefinition spec;
    private final Supplier<Sandbox> sandboxes;
    private final Supplier<String> requestIds;
    private final Consumer<String> tell;
    private final Semaphore permits;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Deque<Sandbox> idle = new ArrayDeque<>();
    private final FunctionCounts counts = new FunctionCounts();
    private int alive;
    private boolean closed;
    private long toldAt = System.nanoTime() - TOLD_EVERY_NANOS;

    /**
     * @param sandboxes starts another sandbox; may throw, which counts as a failed invocation
     * @param bound the most sandboxes where the template reserves no concurrency
     * @param requestIds makes unique ids
     * @param tell takes one line about a failure, at most one a second
     */
    public LocalFunction(
            FunctionDefinition spec,
            Supplier<Sandbox> sandboxes,
            int bound,
            Supplier<String> requestIds,
            Consumer<String> tell) {
        this.spec = spec;
        this.sandboxes = sandboxes;
        this.requestIds = requestIds;
        this.tell = tell;
        this.permits = new Semaphore(spec.reservedConcurrency().orElse(bound), true);
    }

    public FunctionDefinition spec() {
        return spec;
    }

    /** Starts a first sandbox, so that the first invocation need not. */
    public void warm() {
        Sandbox first = sandboxes.get();
        synchronized (idle) {
            alive++;
            idle.push(first);
        }
    }

    /** Runs the function once, for at most its timeout. */
    public Invocation invoke(String payload) throws InterruptedException {
        return invoke(payload, spec.timeout());
    }

    /**
     * Runs the function once.
     *
     * @param limit the caller's patience; the function's own timeout holds where it is shorter
     */
    public Invocation invoke(String payload, Duration limit) throws InterruptedException {
        Duration patience = limit.compareTo(spec.timeout()) < 0 ? limit : spec.timeout();
        if (!admitted(patience)) {
            return counted(new Invocation.Throttled(), 0, "");
        }
        try {
            String requestId = requestIds.get();
            long began = System.nanoTime();
            Invocation invocation = run(payload, requestId, patience);
            return counted(invocation, System.nanoTime() - began, requestId);
        } finally {
            permits.release();
        }
    }

    private boolean admitted(Duration patience) throws InterruptedException {
        if (permits.tryAcquire()) {
            return true;
        }
        if (spec.reservedConcurrency().isPresent()) {
            return false;
        }
        try {
            return waiting.incrementAndGet() <= MAX_WAITING
                    && permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
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
            case Invocation.Failed failed -> told(failed.line(), requestId);
            case Invocation.TimedOut(var ms) -> told("timed out after " + ms + " ms", requestId);
            case Invocation.Throttled ignored -> {}
            case Invocation.Answer ignored -> {}
        }
        return invocation;
    }

    private void told(String line, String requestId) {
        synchronized (counts) {
            if (System.nanoTime() - toldAt < TOLD_EVERY_NANOS) {
                return;
            }
            toldAt = System.nanoTime();
        }
        tell.accept(
                spec.name()
                        + " failed ("
                        + counts.errors()
                        + " so far): "
                        + line
                        + " ["
                        + requestId
                        + "]");
    }

    /** Invocations that wait for a sandbox. */
    int waiting() {
        return waiting.get();
    }

    /** Counts and durations, for status. */
    public ObjectNode status() {
        synchronized (idle) {
            return counts.toJson(alive);
        }
    }

    @Override
    public void close() {
        Deque<Sandbox> rest;
        synchronized (idle) {
            closed = true;
            rest = new ArrayDeque<>(idle);
            idle.clear();
        }
        rest.forEach(Sandbox::close);
    }
}
