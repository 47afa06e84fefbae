package dev.freshet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.Site;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompactionRequestsTest {
    private final SettableClock clock = new SettableClock(Site.NOW);
    private final List<Long> requested = new ArrayList<>();
    private long version;
    private boolean down;
    private CompactionRequests requests = restarted();

    private CompactionRequests restarted() {
        return new CompactionRequests(this::request, clock);
    }

    private void request() {
        if (down) {
            throw new StoreUnavailableException("Lambda", new IOException("throttled"));
        }
        requested.add(version);
    }

    private void versions(int count, Duration each) {
        for (int i = 0; i < count; i++) {
            clock.advance(each);
            version++;
            requests.reached(version);
        }
    }

    @Test
    void aCompactionIsRequestedEachThirtyTwoVersions() {
        versions(100, Duration.ofSeconds(1));

        assertThat(requested).containsExactly(32L, 64L, 96L);
    }

    @Test
    void aTrainerThatStartsGoesOnCountingWhereTheOneBeforeStopped() {
        versions(20, Duration.ofSeconds(1));
        requests = restarted();
        versions(20, Duration.ofSeconds(1));

        assertThat(requested).containsExactly(32L);
    }

    @Test
    void aFastTrainerRequestsAtMostOneInTwentySeconds() {
        versions(600, Duration.ofMillis(200));

        assertThat(requested).containsExactly(32L, 132L, 232L, 332L, 432L, 532L);
    }

    @Test
    void batchesWithoutANewVersionRequestNothing() {
        versions(32, Duration.ofSeconds(1));
        clock.advance(Duration.ofHours(1));
        requests.reached(version);
        requests.reached(0);

        assertThat(requested).containsExactly(32L);
    }

    @Test
    void aRequestThatWasNotAcceptedIsMadeAgain() {
        versions(31, Duration.ofSeconds(1));
        down = true;
        assertThatThrownBy(() -> versions(1, Duration.ofSeconds(1)))
                .isInstanceOf(StoreUnavailableException.class);
        down = false;
        versions(30, Duration.ofSeconds(1));

        assertThat(requested).containsExactly(52L);
    }
}
