package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.ApiUnreachableException;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.demo.Latencies;
import dev.freshet.demo.Simulation;
import dev.freshet.generator.SimulatedUser;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.random.RandomGenerator;

/**
 * Requests for recommendations by known readers in a closed loop: each worker asks anew when its
 * answer has come, so a slow answer delays those behind it and the rate is what the API allows.
 */
final class RequestLoad {
    private static final int COUNT = 10;

    private final FreshetClient client;
    private final List<SimulatedUser> users;
    private final SplittableRandom random;

    RequestLoad(FreshetClient client, List<SimulatedUser> users, long seed) {
        this.client = client;
        this.users = users;
        this.random = new SplittableRandom(seed);
    }

    /**
     * What came of it.
     *
     * @param times of the answers, errors left out
     * @param errors answers that were no success, or had no items, and requests without an answer
     * @param degraded answers that say that something was left out
     */
    record Result(Latencies times, long errors, long degraded, double perSecond) {}

    /**
     * Asks so many times.
     *
     * @param concurrency requests under way at a time, on as many connections
     * @param done is told how many requests are over
     */
    Result run(int requests, int concurrency, LongConsumer done) throws InterruptedException {
        Latencies times = new Latencies();
        AtomicLong taken = new AtomicLong();
        AtomicLong errors = new AtomicLong();
        AtomicLong degraded = new AtomicLong();
        long start = System.nanoTime();
        List<Thread> workers = new ArrayList<>();
        for (int worker = 0; worker < concurrency; worker++) {
            RandomGenerator own = random.split();
            workers.add(
                    Thread.ofPlatform()
                            .name("asks-", worker)
                            .start(
                                    () -> {
                                        for (long turn = taken.incrementAndGet();
                                                turn <= requests;
                                                turn = taken.incrementAndGet()) {
                                            ask(own, times, errors, degraded);
                                            done.accept(turn);
                                        }
                                    }));
        }
        for (Thread worker : workers) {
            worker.join();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Result(times, errors.get(), degraded.get(), requests / seconds);
    }

    private void ask(RandomGenerator own, Latencies times, AtomicLong errors, AtomicLong degraded) {
        try {
            ApiResponse answer =
                    client.post("/v1/recommendations", body(users.get(own.nextInt(users.size()))));
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

    /** The request that a page of the newspaper makes. */
    static ObjectNode body(SimulatedUser user) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("userId", user.userId())
                .put("count", COUNT)
                .put("placement", Simulation.PLACEMENT);
        body.putObject("context").put("country", user.country()).put("device", user.device());
        return body;
    }
}
