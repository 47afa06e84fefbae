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
 * Kills the processes of a local cloud one after the other while it is used, and sees each come
 * back: the emulators by the cloud's own doing, the cloud by being started again here.
 */
public final class Chaos {
    /** The processes killed, in the words of the status. */
    public static final List<String> PROCESSES =
            List.of("dynalite", "kinesalite", "S3Mock", CloudProcess.NAME);

    private static final Duration LONGEST_AWAY = Duration.ofMinutes(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final CloudProcess cloud;
    private final FreshetClient client;
    private final long seed;
    private final Consumer<String> tell;
    private final Uptime uptime = new Uptime();
    private final List<Kill> done = new ArrayList<>();
    private @Nullable Exception failure;

    /**
     * Over a running cloud.
     *
     * @param seed of the order and the times
     * @param tell takes a line for each kill
     */
    public Chaos(CloudProcess cloud, FreshetClient client, long seed, Consumer<String> tell) {
        this.cloud = cloud;
        this.client = client;
        this.seed = seed;
        this.tell = tell;
    }

    public Uptime uptime() {
        return uptime;
    }

    /** Begins; the thread ends when the last one killed is back. */
    public Thread start(int seconds) {
        List<Kill> plan = KillPlan.of(seed, seconds, PROCESSES);
        StringBuilder told = new StringBuilder("To be killed, seed " + seed + ":");
        plan.forEach(
                kill ->
                        told.append(
                                " %s at %.1f s,"
                                        .formatted(kill.process(), kill.at().toMillis() / 1e3)));
        tell.accept(told.substring(0, told.length() - 1) + ".");
        return Thread.ofVirtual()
                .name("chaos")
                .start(() -> carryOut(plan, KillPlan.respite(seconds, PROCESSES)));
    }

    private void carryOut(List<Kill> plan, Duration respite) {
        long start = System.nanoTime();
        try {
            for (Kill planned : plan) {
                long early = planned.at().toNanos() - (System.nanoTime() - start);
                Thread.sleep(Duration.ofNanos(Math.max(0, early)));
                Duration at = Duration.ofNanos(System.nanoTime() - start);
                Duration away =
                        planned.process().equals(CloudProcess.NAME)
                                ? killCloud()
                                : killEmulator(planned.process());
                done.add(new Kill(planned.process(), at, away));
                tell.accept(
                        "%s killed at %.1f s, away for %,d ms."
                                .formatted(
                                        planned.process(), at.toMillis() / 1e3, away.toMillis()));
                Thread.sleep(respite);
            }
        } catch (InterruptedException | RuntimeException e) {
            failure = e;
        }
    }

    private Duration killCloud() throws InterruptedException {
        long start = System.nanoTime();
        uptime.away();
        cloud.kill();
        cloud.startAgain();
        await(() -> pid(CloudProcess.NAME).isPresent(), CloudProcess.NAME);
        uptime.back();
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
        long giveUp = System.nanoTime() + LONGEST_AWAY.toNanos();
        while (!look.seen()) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException(
                        name + " did not come back within " + LONGEST_AWAY.toSeconds() + " s");
            }
            Thread.sleep(BETWEEN_LOOKS);
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
        } catch (ApiUnreachableException away) {
            return OptionalLong.empty();
        }
        return OptionalLong.empty();
    }

    /**
     * What was done and how the API answered; to be asked when the thread has ended.
     *
     * @param retries requests with events that were sent again
     * @throws IllegalStateException if a process did not come back
     */
    public ChaosReport report(long retries) {
        if (failure != null) {
            throw new IllegalStateException("The killing was cut short: " + failure, failure);
        }
        return new ChaosReport(seed, List.copyOf(done), uptime.counts(), retries);
    }
}
