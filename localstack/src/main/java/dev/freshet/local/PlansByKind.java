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
 * Assignment of access keys to usage plans in the local cloud: a key belongs to the plan whose name
 * ends with the kind of the key. On AWS, {@code freshet keys} registers each key with API Gateway;
 * here the table of keys is read the first time a key is used.
 */
public final class PlansByKind implements UsagePlanLimits.KeyPlans {

    private final AccessKeys keys;
    private final List<UsagePlan> plans;
    private final Map<String, KeyKind> kinds = new ConcurrentHashMap<>();

    /** Reads the kinds of keys from their table. */
    public PlansByKind(AccessKeys keys, List<UsagePlan> plans) {
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

    /**
     * Returns the letters of a name in lower case, by which {@code freshet-dev-UserTokens} is
     * recognised as the plan of {@code user-tokens}.
     */
    private static String letters(String name) {
        return name.replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
    }
}
