package dev.freshet.demo.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.ApiUnreachableException;
import dev.freshet.cli.client.FreshetClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fault injection that kills the processes of a local cloud in turn while it is in use, and waits
 * until each has returned. Emulators are restarted by the cloud; the cloud itself is restarted by
 * this class.
 */
public final class Chaos {
    /** Names of the processes killed, as the status lists them. */
    public static final List<String> PROCESSES =
            List.of("dynalite", "kinesalite", "S3Mock", CloudProcess.NAME);

    private static final Duration MAX_DOWNTIME = Duration.ofMinutes(3);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

    private final CloudProcess cloud;
    private final FreshetClient client;
    private final long seed;
    private final Consumer<String> messages;
    private final Uptime uptime = new Uptime();
    private final List<Kill> done = new ArrayList<>();
    private @Nullable Exception failure;

    /**
     * Creates the fault injection for a running cloud.
     *
     * @param seed seed of the order and the times of the kills
     * @param messages receives one line for each kill
     */
    public Chaos(CloudProcess cloud, FreshetClient client, long seed, Consumer<String> messages) {
        this.cloud = cloud;
        this.client = client;
        this.seed = seed;
        this.messages = messages;
    }

    public Uptime uptime() {
        return uptime;
    }

    /** Starts killing; the returned thread ends when the last killed process has returned. */
    public Thread start(int seconds) {
        List<Kill> plan = KillPlan.of(seed, seconds, PROCESSES);
        StringBuilder announcement = new StringBuilder("Planned kills, seed " + seed + ":");
        plan.forEach(
                kill ->
                        announcement.append(
                                " %s at %.1f s,"
                                        .formatted(kill.process(), kill.at().toMillis() / 1e3)));
        messages.accept(announcement.substring(0, announcement.length() - 1) + ".");
        return Thread.ofVirtual()
                .name("chaos")
                .start(() -> carryOut(plan, KillPlan.minimumPause(seconds, PROCESSES)));
    }

    private void carryOut(List<Kill> plan, Duration minimumPause) {
        long start = System.nanoTime();
        try {
            for (Kill planned : plan) {
                long early = planned.at().toNanos() - (System.nanoTime() - start);
                Thread.sleep(Duration.ofNanos(Math.max(0, early)));
                Duration at = Duration.ofNanos(System.nanoTime() - start);
                Duration downtime =
                        planned.process().equals(CloudProcess.NAME)
                                ? killCloud()
                                : killEmulator(planned.process());
                done.add(new Kill(planned.process(), at, downtime));
                messages.accept(
                        "%s killed at %.1f s, down for %,d ms."
                                .formatted(
                                        planned.process(),
                                        at.toMillis() / 1e3,
                                        downtime.toMillis()));
                Thread.sleep(minimumPause);
            }
        } catch (InterruptedException | RuntimeException e) {
            failure = e;
        }
    }

    private Duration killCloud() throws InterruptedException {
        long start = System.nanoTime();
        uptime.down();
        cloud.kill();
        cloud.restart();
        await(() -> pid(CloudProcess.NAME).isPresent(), CloudProcess.NAME);
        uptime.up();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private Duration killEmulator(String name) throws InterruptedException {
        await(() -> pid(name).isPresent(), name);
        long pid = pid(name).orElseThrow();
        long start = System.nanoTime();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        await(
                () -> {
                    OptionalLong now = pid(name);
                    return now.isPresent() && now.getAsLong() != pid;
                },
                name);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private interface Look {
        boolean seen();
    }

    private static void await(Look look, String name) throws InterruptedException {
        long giveUp = System.nanoTime() + MAX_DOWNTIME.toNanos();
        while (!look.seen()) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException(
                        name + " did not come back within " + MAX_DOWNTIME.toSeconds() + " s");
            }
            Thread.sleep(POLL_INTERVAL);
        }
    }

    private OptionalLong pid(String name) {
        try {
            ApiResponse status = client.get("/_freshet/status");
            for (JsonNode process : status.body().path("processes")) {
                if (process.path("name").asText().equals(name)) {
                    return OptionalLong.of(process.path("pid").asLong());
                }
            }
        } catch (ApiUnreachableException unreachable) {
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    /**
     * Returns the kills and how the API answered; to be called after the thread has ended.
     *
     * @param retries number of requests that sent events again
     * @throws IllegalStateException if a process did not return
     */
    public ChaosReport report(long retries) {
        if (failure != null) {
            throw new IllegalStateException("The fault injection ended early: " + failure, failure);
        }
        return new ChaosReport(seed, List.copyOf(done), uptime.counts(), retries);
    }
}
