package dev.freshet.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.UserIdentity;
import dev.freshet.features.Faults;
import dev.freshet.features.Interactions;
import dev.freshet.profile.Users;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How long recommendations go without the stores after an outage, where a connection takes ten
 * times the budget of a response to open and every connection is lost by the outage.
 */
@Timeout(120)
class RecoveryTest {
    private static final Duration BUDGET = Duration.ofMillis(30);
    private static final Duration OPENING = Duration.ofMillis(300);
    private static final Duration CALL = Duration.ofMillis(5);
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Connections connections = new Connections();
    private final Site site = new Site();
    private final Hydrator hydrator =
            new Hydrator(
                    connected(Interactions.class, site.interactions),
                    connected(Users.class, site.users),
                    new Hydrator.Budget(BUDGET, Duration.ofSeconds(2)),
                    InstantSource.system());

    /** Returns a store of which each call takes a connection. */
    private <T> T connected(Class<T> port, T store) {
        return Faults.before(
                port,
                store,
                call -> {
                    connections.call();
                    return false;
                });
    }

    @Test
    void storesAreReadAgainSoonAfterAnOutage() throws Exception {
        assertThat(recovery(Duration.ofSeconds(1))).isLessThan(Duration.ofSeconds(2));
    }

    /**
     * Returns the time from the end of an outage to the first response with all reads, at fifty
     * requests a second.
     */
    Duration recovery(Duration outage) throws Exception {
        assertThat(isComplete()).isTrue();
        connections.fail();
        long failed = System.nanoTime();
        try (var requests = Executors.newVirtualThreadPerTaskExecutor()) {
            while (System.nanoTime() - failed < outage.toNanos()) {
                var _ = requests.submit(this::isComplete);
                Thread.sleep(PAUSE);
            }
            connections.work();
            long working = System.nanoTime();
            List<Future<Boolean>> responses = new ArrayList<>();
            while (responses.stream().noneMatch(RecoveryTest::isTrue)) {
                responses.add(requests.submit(this::isComplete));
                Thread.sleep(PAUSE);
            }
            return Duration.ofNanos(System.nanoTime() - working);
        }
    }

    private boolean isComplete() {
        return hydrator.begin(UserIdentity.user("ana")).await().missing().isEmpty();
    }

    private static boolean isTrue(Future<Boolean> response) {
        return response.isDone() && response.resultNow();
    }

    /**
     * Connections to a store, which a call opens where none is idle. During an outage nothing is
     * answered; calls that were sent meanwhile are not answered later either. A call that is
     * interrupted closes its connection.
     */
    private static final class Connections {
        private final ConcurrentLinkedDeque<CountDownLatch> idle = new ConcurrentLinkedDeque<>();
        private volatile CountDownLatch epoch = new CountDownLatch(0);
        private volatile boolean works = true;

        /** Begins an outage, by which all connections are lost without notice. */
        void fail() {
            works = false;
        }

        /** Ends the outage. */
        void work() {
            epoch = new CountDownLatch(0);
            works = true;
        }

        @SuppressWarnings("ReferenceEquality") // a connection is of the epoch that opened it
        void call() {
            try {
                CountDownLatch connection = idle.poll();
                if (connection == null) {
                    connection = epoch;
                    passes(OPENING);
                }
                passes(CALL);
                if (connection != epoch) {
                    new CountDownLatch(1).await();
                }
                idle.push(connection);
            } catch (InterruptedException closed) {
                throw new IllegalStateException(closed);
            }
        }

        private void passes(Duration time) throws InterruptedException {
            if (!works) {
                new CountDownLatch(1).await();
            }
            Thread.sleep(time);
        }
    }
}
