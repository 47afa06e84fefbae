package dev.freshet.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.bench.load.Tally.Reply;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    private final VirtualTiming timing = new VirtualTiming();

    private OpenLoop loop(Function<RandomGenerator, Reply> request) {
        return new OpenLoop(request, new SplittableRandom(1), timing);
    }

    @Test
    void everyRequestIsCountedOnce() throws InterruptedException {
        AtomicInteger number = new AtomicInteger();
        OpenLoop loop =
                loop(
                        random ->
                                switch (number.getAndIncrement() % 4) {
                                    case 0 -> Reply.SHED;
                                    case 1 -> throw new IllegalStateException("broken");
                                    case 2 -> Reply.DEGRADED;
                                    default -> Reply.SERVED;
                                });

        LoadStep step = loop.run(300, SHORT);

        assertThat(step.offered()).isPositive();
        assertThat(step.served() + step.shed() + step.failed()).isEqualTo(step.sent());
        assertThat(step.shed()).isPositive();
        assertThat(step.failed()).isPositive();
        assertThat(step.degraded()).isPositive().isLessThan(step.served());
        assertThat(step.times().count()).isEqualTo(step.served());
    }

    @Test
    void aLatencyIncludesTheWaitForAPermit() throws InterruptedException {
        Duration stall = Duration.ofMillis(150);
        AtomicInteger began = new AtomicInteger();
        OpenLoop loop =
                loop(
                        random -> {
                            if (began.incrementAndGet() <= OpenLoop.MAX_AT_ONCE) {
                                timing.sleep(stall);
                            }
                            return Reply.SERVED;
                        });

        LoadStep step = loop.run(OpenLoop.MAX_RATE, SHORT);

        // the first requests stall themselves; of the later ones, which take no time, at least
        // fifty waited for a permit
        long late = OpenLoop.MAX_AT_ONCE + 50;
        assertThat(step.served()).isGreaterThan(late);
        assertThat(step.times().millis(100.0 - 100.0 * late / step.served())).isGreaterThan(30.0);
    }

    @Test
    void concurrentRequestsAreBounded() throws InterruptedException {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        OpenLoop loop =
                loop(
                        random -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            timing.sleep(Duration.ofMillis(200));
                            now.decrementAndGet();
                            return Reply.SERVED;
                        });

        LoadStep step = loop.run(OpenLoop.MAX_RATE, SHORT);

        assertThat(most.get()).isLessThanOrEqualTo(OpenLoop.MAX_AT_ONCE);
        assertThat(step.sent()).isLessThan(step.offered());
    }

    @Test
    void equalSeedsDrawEqualRequests() throws InterruptedException {
        assertThat(drawn(5)).isEqualTo(drawn(5)).isNotEqualTo(drawn(6));
    }

    private static Set<Long> drawn(long seed) throws InterruptedException {
        Set<Long> drawn = ConcurrentHashMap.newKeySet();
        new OpenLoop(
                        random -> {
                            drawn.add(random.nextLong());
                            return Reply.SERVED;
                        },
                        new SplittableRandom(seed),
                        new VirtualTiming())
                .run(100, SHORT);
        return drawn;
    }
}
