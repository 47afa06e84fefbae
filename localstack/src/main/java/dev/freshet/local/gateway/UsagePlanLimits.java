package dev.freshet.local.gateway;

import dev.freshet.access.AccessKey.KeyKind;
import dev.freshet.access.AccessKeys;
import dev.freshet.ingest.RateLimit.TokenBucket;
import dev.freshet.local.template.Cloud.UsagePlan;
import dev.freshet.store.LruMap;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
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
    private final Function<String, Optional<String>> keyPlans;
    private final boolean unlimited;
    private final InstantSource clock;
    private final Map<String, TokenBucket> buckets = new LruMap<>(MAX_ENTRIES);

    /**
     * Creates the limits of a template's usage plans.
     *
     * @param keyPlans returns the name of the plan of a key; empty for an unknown key
     * @param unlimited whether rates are not limited; unknown keys are refused nevertheless
     */
    UsagePlanLimits(
            List<UsagePlan> plans,
            Function<String, Optional<String>> keyPlans,
            boolean unlimited,
            InstantSource clock) {
        this.plans = plans.stream().collect(Collectors.toMap(UsagePlan::name, plan -> plan));
        this.keyPlans = keyPlans;
        this.unlimited = unlimited;
        this.clock = clock;
    }

    /** Returns limits without any known key, for a template without plans. */
    static UsagePlanLimits none(InstantSource clock) {
        return of(List.of(), Optional.empty(), false, clock);
    }

    /**
     * Returns the limits of access keys: a key belongs to the plan whose name ends with the kind of
     * the key. On AWS, {@code freshet keys} registers each key with API Gateway; here the table of
     * keys is read the first time a key is used.
     *
     * @param keys the table; empty where no key is known
     */
    public static UsagePlanLimits of(
            List<UsagePlan> plans,
            Optional<AccessKeys> keys,
            boolean unlimited,
            InstantSource clock) {
        Map<String, KeyKind> kinds = new ConcurrentHashMap<>();
        return new UsagePlanLimits(
                plans,
                usageKey -> {
                    if (keys.isPresent() && !kinds.containsKey(usageKey)) {
                        keys.get().list().forEach(key -> kinds.put(key.usageKey(), key.kind()));
                    }
                    return Optional.ofNullable(kinds.get(usageKey))
                            .map(kind -> letters(kind.wireName()))
                            .flatMap(
                                    kind ->
                                            plans.stream()
                                                    .map(UsagePlan::name)
                                                    .filter(name -> letters(name).endsWith(kind))
                                                    .findFirst());
                },
                unlimited,
                clock);
    }

    /**
     * Returns the letters of a name in lower case, by which {@code freshet-dev-UserTokens} is
     * recognised as the plan of {@code user-tokens}.
     */
    private static String letters(String name) {
        return name.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
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
        UsagePlan plan = keyPlans.apply(usageKey).map(plans::get).orElse(null);
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
