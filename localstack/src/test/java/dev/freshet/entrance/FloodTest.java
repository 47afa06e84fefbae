package dev.freshet.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.AccessKey.KeyKind;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.local.TestCloud;
import dev.freshet.local.template.TemplateReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Requests beyond the rate limit of a key, and requests that need no answer. */
class FloodTest extends AccessAttempts {

    /** The gateway's clock is stopped, so exactly the plan's burst is admitted. */
    @Test
    void aFloodWithOneKeyIsThrottledAndOtherKeysAreServed() throws Exception {
        int burst = publishableBurst();
        Minted flooding = scene().generator().publishable("flood", List.of(), Instant.now(), null);
        String key = scene().put(flooding);
        Map<Integer, Long> statuses = new ConcurrentHashMap<>();
        AtomicInteger left = new AtomicInteger(burst + 300);
        TestCloud.CLOCK.stop();
        try {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                threads.add(Thread.ofVirtual().start(() -> flood(key, left, statuses)));
            }
            ApiResponse other = get(scene().publishable, "/v1/trending");
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(other.status()).isEqualTo(200);
            assertThat(statuses).isEqualTo(Map.of(400, (long) burst, 429, 300L));
            ApiResponse slowed = get(key, "/v1/trending");
            assertRefused(slowed, 429, "throttled");
            assertThat(slowed.retryAfter()).isPositive();
            assertThat(get(scene().publishable, "/v1/trending").status()).isEqualTo(200);
        } finally {
            TestCloud.CLOCK.start();
        }
        TestCloud.CLOCK.advance(Duration.ofSeconds(1));
        assertThat(get(key, "/v1/trending").status()).isEqualTo(200);
    }

    private void flood(String key, AtomicInteger left, Map<Integer, Long> statuses) {
        try (FreshetClient client = scene().client(key)) {
            while (left.decrementAndGet() >= 0) {
                statuses.merge(client.get("/v1/trending?count=many").status(), 1L, Long::sum);
            }
        }
    }

    private static int publishableBurst() {
        return TemplateReader.read(Path.of("../infra/target/cdk.out")).usagePlans().stream()
                .filter(plan -> plan.name().endsWith(KeyKind.PUBLISHABLE.wireName()))
                .findFirst()
                .orElseThrow()
                .burst();
    }

    @Test
    void noRequestWithoutACredentialReachesAFunction() throws IOException {
        long before = invocations();

        for (String path : List.of("/v1/trending", "/v1/users/own", "/v1/items/x/similar")) {
            assertRefused(raw("GET", path), 401);
        }

        assertThat(invocations()).isEqualTo(before);
    }

    private long invocations() {
        long sum = 0;
        for (String function : List.of("authorize", "recommend", "profile", "catalog", "collect")) {
            sum += scene().cloud().status().at("/functions/" + function + "/invocations").asLong();
        }
        return sum;
    }
}
