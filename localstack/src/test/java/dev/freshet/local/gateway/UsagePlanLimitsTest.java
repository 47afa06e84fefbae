package dev.freshet.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.local.gateway.GatewayResponses.Kind;
import dev.freshet.local.template.Cloud.UsagePlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UsagePlanLimitsTest {
    private static final List<UsagePlan> PLANS =
            List.of(new UsagePlan("slow", 1, 2), new UsagePlan("fast", 100, 50));

    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final Map<String, String> known = Map.of("ann", "slow", "bob", "slow", "cy", "fast");
    private final AtomicInteger asked = new AtomicInteger();
    private final UsagePlanLimits plans = plans(false);

    private UsagePlanLimits plans(boolean unlimited) {
        return new UsagePlanLimits(
                PLANS,
                key -> {
                    asked.incrementAndGet();
                    return Optional.ofNullable(known.get(key));
                },
                unlimited,
                clock);
    }

    private long served(UsagePlanLimits by, String key, int requests) {
        long served = 0;
        for (int i = 0; i < requests; i++) {
            served += by.refusal(Optional.of(key)).isEmpty() ? 1 : 0;
        }
        return served;
    }

    @Test
    void aFloodWithOneKeyDoesNotAffectAnotherOfItsPlan() {
        assertThat(served(plans, "ann", 1_000)).isEqualTo(2);
        assertThat(plans.refusal(Optional.of("ann"))).hasValue(Kind.THROTTLED);

        assertThat(served(plans, "bob", 2)).isEqualTo(2);
        assertThat(served(plans, "cy", 50)).isEqualTo(50);
    }

    @Test
    void aThrottledKeyIsAdmittedAgainLater() {
        served(plans, "ann", 10);

        now = now.plusSeconds(1);

        assertThat(served(plans, "ann", 10)).isEqualTo(1);
    }

    @Test
    void aKeyOfNoPlanOrNoKeyAtAllIsRefused() {
        assertThat(plans.refusal(Optional.of("nobody"))).hasValue(Kind.INVALID_API_KEY);
        assertThat(plans.refusal(Optional.empty())).hasValue(Kind.INVALID_API_KEY);
        assertThat(plans(true).refusal(Optional.of("nobody"))).hasValue(Kind.INVALID_API_KEY);
    }

    @Test
    void liftedPlansLimitNothing() {
        assertThat(served(plans(true), "ann", 1_000)).isEqualTo(1_000);
    }

    @Test
    void thePlanOfAKeyIsLookedUpOnce() {
        served(plans, "cy", 20);

        assertThat(asked).hasValue(1);
    }

    @Test
    void theNumberOfBucketsIsBounded() {
        UsagePlanLimits open = new UsagePlanLimits(PLANS, key -> Optional.of("slow"), false, clock);
        served(open, "first", 2);
        for (int i = 0; i < UsagePlanLimits.MAX_ENTRIES; i++) {
            served(open, "other-" + i, 1);
        }

        assertThat(served(open, "first", 2))
                .as("its bucket fell out, and begins full")
                .isEqualTo(2);
    }
}
