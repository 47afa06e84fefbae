package dev.freshet.local.gateway;

import dev.freshet.local.template.Cloud.UsagePlan;
import dev.freshet.store.LruMap;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * API Gateway's usage plans: each key has a bucket of its plan's rate and burst. One key's flood
 * takes nothing from another's bucket. Holds the buckets of the {@value #MOST} keys used last; one
 * that falls out begins full again.
 */
public final class UsagePlanLimits {
    /** Most keys with a bucket. */
    static final int MOST = 10_000;

    private final Map<String, UsagePlan> plans;
    private final KeyPlans keys;
    private final boolean lifted;
    private final InstantSource clock;
    private final Map<String, TokenBucket> buckets = new LruMap<>(MOST);

    /** Which plan a key belongs to: on AWS, what API Gateway was told of the key. */
    public interface KeyPlans {
        /** The plan's name; empty for a key that nobody knows. */
        Optional<String> plan(String usageKey);
    }

    /**
     * Plans as a template says.
     *
     * @param lifted whether the rates are left out; an unknown key is refused all the same
     */
    public UsagePlanLimits(
            List<UsagePlan> plans, KeyPlans keys, boolean lifted, InstantSource clock) {
        this.plans = plans.stream().collect(Collectors.toMap(UsagePlan::name, plan -> plan));
        this.keys = keys;
        this.lifted = lifted;
        this.clock = clock;
    }

    /** Nobody has a key: where the template has no plans. */
    static UsagePlanLimits none(InstantSource clock) {
        return new UsagePlanLimits(List.of(), key -> Optional.empty(), false, clock);
    }

    /** Counts one request; says why it is refused, if it is. */
    Optional<GatewayResponses.Kind> refusal(Optional<String> usageKey) {
        if (usageKey.isEmpty()) {
            return Optional.of(GatewayResponses.Kind.INVALID_API_KEY);
        }
        Instant now = clock.instant();
        Optional<TokenBucket> bucket = bucket(usageKey.get(), now);
        if (bucket.isEmpty()) {
            return Optional.of(GatewayResponses.Kind.INVALID_API_KEY);
        }
        return lifted || bucket.get().take(now)
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
