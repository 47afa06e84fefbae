package dev.freshet.functions.runtime;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the work of hooks around a memory snapshot (Lambda SnapStart), each within a time limit and
 * without an exception. Lambda ends a process whose hook throws, and one whose hooks after a
 * restore take longer than ten seconds, and the request that the process was restored for fails.
 * What a hook prepares is an optimisation: without it the first request takes longer, or is
 * reported as degraded. A hook that fails or exceeds its limit is logged and counted.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-runtime-hooks-java.html">Runtime
 *     hooks</a>
 */
final class SnapStartHooks {
    /** The time limit after a restore, out of Lambda's ten seconds for all hooks of a process. */
    static final Duration AFTER_RESTORE = Duration.ofSeconds(6);

    /** The time limit before a snapshot, out of the 130 s of an initialisation with SnapStart. */
    static final Duration BEFORE_SNAPSHOT = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(SnapStartHooks.class);

    private final Executor executor;
    private final Metrics metrics;
    private final Duration beforeSnapshot;
    private final Duration afterRestore;

    /**
     * Creates hooks with the usual limits.
     *
     * @param executor runs the work while the hook waits for it
     */
    SnapStartHooks(Executor executor, Metrics metrics) {
        this(executor, metrics, BEFORE_SNAPSHOT, AFTER_RESTORE);
    }

    SnapStartHooks(
            Executor executor, Metrics metrics, Duration beforeSnapshot, Duration afterRestore) {
        this.executor = executor;
        this.metrics = metrics;
        this.beforeSnapshot = beforeSnapshot;
        this.afterRestore = afterRestore;
    }

    /** Runs work before a snapshot. */
    void beforeSnapshot(Runnable work) {
        run("beforeSnapshot", beforeSnapshot, work);
    }

    /** Runs work after a restore. */
    void afterRestore(Runnable work) {
        run("afterRestore", afterRestore, work);
    }

    private void run(String hook, Duration limit, Runnable work) {
        FutureTask<Object> task = new FutureTask<>(Executors.callable(work));
        executor.execute(task);
        try {
            task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failed) {
            failed(hook, "failed", failed.getCause());
        } catch (TimeoutException late) {
            task.cancel(true);
            failed(hook, "did not end within " + limit.toMillis() + " ms", late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            task.cancel(true);
            failed(hook, "was interrupted", stopped);
        }
    }

    private void failed(String hook, String how, @Nullable Throwable cause) {
        LOG.warn("The hook {} {}; the first request prepares what is missing", hook, how, cause);
        metrics.line().add(MetricName.SNAP_START_HOOKS_FAILED, 1).property("hook", hook).write();
    }
}
