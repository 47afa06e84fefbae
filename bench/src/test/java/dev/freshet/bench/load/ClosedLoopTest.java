package dev.freshet.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.api.FreshetClient;
import dev.freshet.bench.load.Tally.Reply;
import dev.freshet.bench.load.Traffic.Answered;
import dev.freshet.generator.GeneratedSite.SimulatedUser;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
    private static final SimulatedUser USER =
            new SimulatedUser(
                    "u1", "PT", "mobile", "none", new double[0], new double[0], Instant.EPOCH);

    @AutoClose
    private final FreshetClient nobody = new FreshetClient(URI.create("http://127.0.0.1:1"));

    private final ClosedLoop unanswered =
            new ClosedLoop(random -> Traffic.RECOMMEND.send(nobody, Traffic.page(USER)), 1);
    private final Set<Long> done = new ConcurrentSkipListSet<>();

    @Test
    void workersTakeTurnsUntilEveryRequestIsSent() throws InterruptedException {
        assertThat(unanswered.run(50, 4, done::add).count(Reply.FAILED)).isEqualTo(50);
        assertThat(done).hasSize(50).contains(1L, 50L);
    }

    @Test
    void onlyAnswersThatServeAreLatencies() throws InterruptedException {
        List<Reply> replies = List.of(Reply.values());
        AtomicInteger number = new AtomicInteger();
        ClosedLoop loop =
                new ClosedLoop(
                        random ->
                                new Answered(
                                        replies.get(number.getAndIncrement() % 4),
                                        Duration.ofMillis(number.get())),
                        1);

        Tally tally = loop.run(40, 2, turn -> {});

        assertThat(tally.count(Reply.DEGRADED)).isEqualTo(10);
        assertThat(tally.count(Reply.SHED)).isEqualTo(10);
        assertThat(tally.times().count()).isEqualTo(20);
    }

    @Test
    void anInterruptEndsTheLoadWithoutAResult() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> unanswered.run(1_000_000, 4, done::add))
                .isInstanceOf(InterruptedException.class);
        assertThat(done).hasSizeLessThan(1_000_000);
    }
}
