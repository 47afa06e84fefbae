package dev.freshet.demo.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.FreshetClient;
import dev.freshet.api.FreshetClient.UnreachableException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fault injection during a run of the demo. One thread kills the processes of a local cloud with
 * {@code SIGKILL}, all of them in each round, in an order and at times that the seed draws, and
 * waits until each has returned before the next: emulators are restarted by the cloud, and the
 * cloud by this class. Another thread asks for recommendations meanwhile, one list after the other,
 * and counts the requests that were made while the HTTP process was up.
 */
final class Chaos {
    /** Names of the processes killed, as the status lists them. */
    static final List<String> PROCESSES =
            List.of("dynalite", "kinesalite", "S3Mock", CloudProcess.NAME);

    private static final Duration MAX_DOWNTIME = Duration.ofMinutes(3);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    private static final double SHORTEST_GAP_SECONDS = 1;
    private static final double LONGEST_GAP_SECONDS = 8;

    private final CloudProcess cloud;
    private final FreshetClient client;
    private final long seed;
    private final int seconds;
    private final List<String> killed = new ArrayList<>();
    private final StringBuilder report = new StringBuilder();
    private final Thread killing = Thread.ofVirtual().name("chaos").unstarted(this::kill);
    private final Thread asking = Thread.ofVirtual().name("asking").unstarted(this::ask);
    private long requested;
    private long answered;
    private @Nullable Exception failure;

    /** Number of starts of the HTTP process, negative while it is down. */
    private volatile long generation = 1;

    /**
     * Creates the fault injection for a running cloud.
     *
     * @param seconds duration of the run
     */
    Chaos(CloudProcess cloud, FreshetClient client, long seed, int seconds) {
        this.cloud = cloud;
        this.client = client;
        this.seed = seed;
        this.seconds = seconds;
    }

    /** Starts at the first second of the run; at its last one waits until all kills are done. */
    void passed(long second) {
        if (second == 1) {
            killing.start();
            asking.start();
        }
        if (second == seconds) {
            try {
                killing.join();
                asking.interrupt();
                asking.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (failure != null) {
                throw new IllegalStateException("The fault injection ended early", failure);
            }
        }
    }

    List<String> killed() {
        return killed;
    }

    /** Returns the number of requests made while the HTTP process was up. */
    long requested() {
        return requested;
    }

    double answeredShare() {
        return requested == 0 ? 0 : (double) answered / requested;
    }

    @Override
    public String toString() {
        return "seed %d:%s; %,d of %,d recommendation requests answered while HTTP was up"
                .formatted(seed, report, answered, requested);
    }

    private void kill() {
        SplittableRandom random = new SplittableRandom(seed);
        double gap =
                Math.clamp(
                        (seconds - 3) / (PROCESSES.size() + 1.0),
                        SHORTEST_GAP_SECONDS,
                        LONGEST_GAP_SECONDS);
        List<String> round = new ArrayList<>();
        long start = System.nanoTime();
        double due = gap / 2;
        try {
            while (killed.size() < PROCESSES.size() || due < seconds - gap / 2) {
                if (round.isEmpty()) {
                    round.addAll(PROCESSES);
                }
                String process = round.remove(random.nextInt(round.size()));
                Thread.sleep(Duration.ofNanos(Math.max(0, (long) (due * 1e9) - since(start))));
                double at = since(start) / 1e9;
                long from = System.nanoTime();
                if (process.equals(CloudProcess.NAME)) {
                    killCloud();
                } else {
                    killEmulator(process);
                }
                killed.add(process);
                report.append(
                        " %s at %.1f s for %.1f s,".formatted(process, at, since(from) / 1e9));
                due += gap * (0.75 + random.nextDouble() / 2);
                Thread.sleep(Duration.ofNanos((long) (gap / 4 * 1e9)));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            failure = e;
        }
    }

    private static long since(long nanos) {
        return System.nanoTime() - nanos;
    }

    private void killCloud() throws IOException, InterruptedException {
        long before = generation;
        generation = -before;
        cloud.kill();
        cloud.restart();
        await(() -> pid(CloudProcess.NAME).isPresent(), CloudProcess.NAME);
        generation = before + 1;
    }

    private void killEmulator(String name) throws InterruptedException {
        await(() -> pid(name).isPresent(), name);
        long before = pid(name).orElseThrow();
        ProcessHandle.of(before).ifPresent(ProcessHandle::destroyForcibly);
        await(
                () -> {
                    OptionalLong now = pid(name);
                    return now.isPresent() && now.getAsLong() != before;
                },
                name);
    }

    private static void await(BooleanSupplier seen, String name) throws InterruptedException {
        long start = System.nanoTime();
        while (!seen.getAsBoolean()) {
            if (since(start) > MAX_DOWNTIME.toNanos()) {
                throw new IllegalStateException(name + " did not come back");
            }
            Thread.sleep(POLL_INTERVAL);
        }
    }

    private OptionalLong pid(String name) {
        try {
            for (JsonNode process : client.get("/_freshet/status").body().path("processes")) {
                if (process.path("name").asText().equals(name)) {
                    return OptionalLong.of(process.path("pid").asLong());
                }
            }
        } catch (UnreachableException unreachable) {
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    /**
     * Asks until it is interrupted. A failed request counts as made while the process was up only
     * if it was up the whole time.
     */
    private void ask() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("userId", "user-0001").put("count", 10);
        try {
            while (true) {
                long before = generation;
                boolean ok = isAnswered(body);
                if (ok || (before > 0 && before == generation)) {
                    requested++;
                    answered += ok ? 1 : 0;
                }
                Thread.sleep(POLL_INTERVAL);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isAnswered(ObjectNode body) {
        try {
            return client.post("/v1/recommendations", body).ok();
        } catch (UnreachableException unreachable) {
            return false;
        }
    }
}
