package dev.freshet.insight;

/**
 * The answer to one question about the health of a stack.
 *
 * @param check a stable name: {@code learning}
 * @param ok whether all is well
 * @param sentence what was found, and where something is wrong what to do; it changes only with
 *     what it reports, so that an unchanged answer can be recognised
 */
public record HealthCheck(String check, boolean ok, String sentence) {
    static HealthCheck well(String check, String sentence) {
        return new HealthCheck(check, true, sentence);
    }

    static HealthCheck wrong(String check, String sentence) {
        return new HealthCheck(check, false, sentence);
    }
}
