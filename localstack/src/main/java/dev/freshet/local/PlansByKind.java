package dev.freshet.local;

import dev.freshet.access.AccessKey;
import dev.freshet.access.AccessKeys;
import dev.freshet.access.KeyKind;
import dev.freshet.local.gateway.UsagePlanLimits;
import dev.freshet.local.template.Cloud.UsagePlan;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which usage plan a key has here: the one whose name ends with its kind. On AWS, {@code freshet
 * keys} tells API Gateway; here the table of keys is looked into, once for each key.
 */
final class PlansByKind implements UsagePlanLimits.KeyPlans {

    private final AccessKeys keys;
    private final List<UsagePlan> plans;
    private final Map<String, KeyKind> kinds = new ConcurrentHashMap<>();

    PlansByKind(AccessKeys keys, List<UsagePlan> plans) {
        this.keys = keys;
        this.plans = List.copyOf(plans);
    }

    @Override
    public Optional<String> plan(String usageKey) {
        KeyKind known = kinds.get(usageKey);
        if (known == null) {
            for (AccessKey key : keys.list()) {
                kinds.put(key.usageKey(), key.kind());
            }
            known = kinds.get(usageKey);
        }
        return Optional.ofNullable(known)
                .flatMap(
                        kind ->
                                plans.stream()
                                        .map(UsagePlan::name)
                                        .filter(
                                                name ->
                                                        letters(name)
                                                                .endsWith(letters(kind.wireName())))
                                        .findFirst());
    }

    /** {@code freshet-dev-UserTokens} is the plan of {@code user-tokens}. */
    private static String letters(String name) {
        return name.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
    }
}
