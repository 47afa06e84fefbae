package dev.freshet.local.gateway;

import dev.freshet.ingest.TokenBucket;
import dev.freshet.local.template.Cloud.UsagePlan;
import dev.freshet.store.LruMap;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Rate limits of API Gateway's usage plans: each key has a token bucket with the rate and burst of
 * its plan, so the requests of one key do not affect another. Holds the buckets of the {@value
 * #MAX_ENTRIES} most recently used keys; one that was evicted starts full again.
 */
public final class UsagePlanLimits {
    /** Maximum number of keys with a bucket. */
    static final int MAX_ENTRIES = 10_000;

    private final Map<String, UsagePlan> plans;
    private final KeyPlans keys;
    private final boolean unlimited;
    private final InstantSource clock;
    private final Map<String, TokenBucket> buckets = new LruMap<>(MAX_ENTRIES);

    /** Assignment of keys to usage plans; on AWS, the keys registered with API Gateway. */
    public interface KeyPlans {
        /** Returns the name of the plan; empty for an unknown key. */
        Optional<String> plan(String usageKey);
    }

    /**
     * Creates the limits of a template's usage plans.
     *
     * @param unlimited whether rates are not limited; unknown keys are refused nevertheless
     */
    public UsagePlanLimits(
            List<UsagePlan> plans, KeyPlans keys, boolean unlimited, InstantSource clock) {
        this.plans = plans.stream().collect(Collectors.toMap(UsagePlan::name, plan -> plan));
        this.keys = keys;
        this.unlimited = unlimited;
        this.clock = clock;
    }

    /** Returns limits without any known key, for a template without plans. */
    static UsagePlanLimits none(InstantSource clock) {
        return new UsagePlanLimits(List.of(), key -> Optional.empty(), false, clock);
    }

    /** Counts one request; returns why it is refused, or empty if it is allowed. */
    Optional<GatewayResponses.Kind> refusal(Optional<String> usageKey) {
        if (usageKey.isEmpty()) {
            return Optional.of(GatewayResponses.Kind.INVALID_API_KEY);
        }
        Instant now = clock.instant();
        Optional<TokenBucket> bucket = bucket(usageKey.get(), now);
        if (bucket.isEmpty()) {
            return Optional.of(GatewayResponses.Kind.INVALID_API_KEY);
        }
        return unlimited || bucket.get().take(now)
                ? Optional.empty()
                : Optional.of(GatewayResponses.Kind.THROTTLED);
    }

    private Optional<TokenBucket> bucket(String usageKey, Instant now) {
        synchronized (buckets) {
            TokenBucket known = buckets.get(usageKey);
            if (known != null) {
                return Optional.of(known);
            }
        }
        UsagePlan plan = keys.plan(usageKey).map(plans::get).orElse(null);
        if (plan == null) {
            return Optional.empty();
        }
        synchronized (buckets) {
            return Optional.of(
                    buckets.computeIfAbsent(
                            usageKey, key -> new TokenBucket(plan.perSecond(), plan.burst(), now)));
        }
    }
}
