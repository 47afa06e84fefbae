package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.ApiUnreachableException;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.demo.Latencies;
import dev.freshet.demo.Simulation;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Closed-loop load of recommendation requests of known users: each worker sends the next request
 * when its answer has arrived, so a slow answer delays later requests and the rate depends on the
 * API.
 */
final class RequestLoad {
    private static final int COUNT = 10;
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final CompilationMXBean COMPILERS = ManagementFactory.getCompilationMXBean();

    private final FreshetClient client;
    private final List<SimulatedUser> users;
    private final SplittableRandom random;

    RequestLoad(FreshetClient client, List<SimulatedUser> users, long seed) {
        this.client = client;
        this.users = users;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Result of a run.
     *
     * @param times latencies of answered requests without errors
     * @param errors requests without an answer, and answers that were not successful or had no
     *     items
     * @param degraded degraded answers
     * @param perSecond requests per second
     * @param processorMs processor time that this process took for each request: the client, the
     *     gateway and the function, and whatever else runs in it
     * @param compilingMs time that the compilers of this JVM took for each request, by the clock
     */
    record Result(
            Latencies times,
            long errors,
            long degraded,
            double perSecond,
            double processorMs,
            double compilingMs) {}

    /**
     * Sends requests.
     *
     * @param requests total number of requests
     * @param concurrency number of concurrent requests and of connections
     * @param done receives the number of completed requests
     * @throws InterruptedException if it is interrupted; the requests under way are given up
     */
    Result run(int requests, int concurrency, LongConsumer done) throws InterruptedException {
        Latencies times = new Latencies();
        AtomicLong turns = new AtomicLong();
        AtomicLong errors = new AtomicLong();
        AtomicLong degraded = new AtomicLong();
        long start = System.nanoTime();
        long processor = SYSTEM.getProcessCpuTime();
        long compiling = COMPILERS.getTotalCompilationTime();
        try (ExecutorService workers = Executors.newFixedThreadPool(concurrency)) {
            for (int worker = 0; worker < concurrency; worker++) {
                RandomGenerator own = random.split();
                workers.execute(
                        () -> {
                            long turn = turns.incrementAndGet();
                            while (turn <= requests && !Thread.currentThread().isInterrupted()) {
                                SimulatedUser user = users.get(own.nextInt(users.size()));
                                ask(user, times, errors, degraded);
                                done.accept(turn);
                                turn = turns.incrementAndGet();
                            }
                        });
            }
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("the load was ended early");
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Result(
                times,
                errors.get(),
                degraded.get(),
                requests / seconds,
                (SYSTEM.getProcessCpuTime() - processor) / 1e6 / requests,
                (double) (COMPILERS.getTotalCompilationTime() - compiling) / requests);
    }

    private void ask(SimulatedUser user, Latencies times, AtomicLong errors, AtomicLong degraded) {
        try {
            ApiResponse answer = client.post("/v1/recommendations", body(user));
            if (!answer.ok() || answer.body().path("items").isEmpty()) {
                errors.incrementAndGet();
                return;
            }
            times.add(answer.took());
            if (answer.body().path("degraded").asBoolean()) {
                degraded.incrementAndGet();
            }
        } catch (ApiUnreachableException unanswered) {
            errors.incrementAndGet();
        }
    }

    /** Returns the request that a page of the newspaper sends. */
    static ObjectNode body(SimulatedUser user) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("userId", user.userId())
                .put("count", COUNT)
                .put("placement", Simulation.PLACEMENT);
        body.putObject("context").put("country", user.country()).put("device", user.device());
        return body;
    }
}
