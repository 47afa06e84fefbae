package dev.freshet.infra;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many days each store keeps what it holds, each given as CDK context under its name and {@code
 * Days}, all but the last.
 *
 * @param interactions rows of what readers did, from their receipt; 1 to 3,650
 * @param users profiles, from the last write; 1 to 3,650
 * @param trends closed windows; 1 to 3,650
 * @param items items, beyond the last moment at which they are available; 0 to 3,650
 * @param model rows and objects of the model log, behind the snapshot that made them unneeded; 8 to
 *     365, since the streams keep what may refer to them for 7
 * @param quarantine records kept aside, which hold what a reader did; 1 to 365
 * @param recovery how far back tables can be restored: 35 where they can, which DynamoDB fixes
 */
record RetentionSettings(
        int interactions,
        int users,
        int trends,
        int items,
        int model,
        int quarantine,
        int recovery) {
    private static final int MOST = 3_650;

    /**
     * Reads the context.
     *
     * @param restorable whether tables have point-in-time recovery
     * @throws IllegalArgumentException with a sentence that names the setting
     */
    static RetentionSettings from(CdkContext context, Stage stage, boolean restorable) {
        return new RetentionSettings(
                days(context, "interactionsDays", 90, 1, MOST),
                days(context, "usersDays", 400, 1, MOST),
                days(context, "trendsDays", 30, 1, MOST),
                days(context, "itemsDays", 0, 0, MOST),
                days(context, "modelDays", 14, 8, 365),
                days(context, "quarantineDays", stage.quarantineDays(), 1, 365),
                restorable ? 35 : 0);
    }

    private static int days(CdkContext context, String key, int otherwise, int least, int most) {
        String text = context.text(key).orElse(Integer.toString(otherwise));
        if (!text.matches("[0-9]{1,5}")
                || Integer.parseInt(text) < least
                || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(
                    "%s must be %d to %d days, not '%s'".formatted(key, least, most, text));
        }
        return Integer.parseInt(text);
    }

    /** As the functions read it. */
    String text() {
        Map<String, Integer> days = new LinkedHashMap<>();
        days.put("interactions", interactions);
        days.put("users", users);
        days.put("trends", trends);
        days.put("items", items);
        days.put("model", model);
        days.put("quarantine", quarantine);
        days.put("recovery", recovery);
        return new TreeMap<>(days)
                .entrySet().stream()
                        .map(kept -> kept.getKey() + "=" + kept.getValue())
                        .collect(Collectors.joining(","));
    }
}
