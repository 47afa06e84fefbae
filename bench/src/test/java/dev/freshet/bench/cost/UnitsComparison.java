package dev.freshet.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares measured units with those in the file. They follow from what the code sends and stores,
 * except for milliseconds, which are never compared, and where time decides: within its time limits
 * a slow machine reads and answers less in <em>recommend</em>, and writes other lines of it; and
 * <em>compact</em> reads the versions that were written while the machine was busy.
 */
final class UnitsComparison {
    /** The part by which a unit may differ. */
    private static final double SHARE = 0.03;

    /** The part by which bytes may differ, since lines and responses hold times and versions. */
    private static final double SHARE_BYTES = 0.05;

    private static final double LEAST = 0.05;

    private static final double LEAST_BYTES = 1;

    private static final Set<String> NEVER = Set.of("milliseconds");

    /** Units that depend on the speed of the machine, by function. */
    private static final Map<String, Set<String>> TIMED =
            Map.of(
                    "Recommend",
                    Set.of("readUnits", "s3Gets", "responseBytes", "compressedBytes", "logBytes"),
                    "Compact",
                    Set.of("readUnits"));

    private final boolean timedToo;

    /**
     * Creates a comparison.
     *
     * @param timedToo whether units that depend on the speed of the machine are compared too
     */
    UnitsComparison(boolean timedToo) {
        this.timedToo = timedToo;
    }

    /** Compares the metrics and units of all functions. */
    void compare(JsonNode kept, JsonNode measured) {
        assertThat(names(measured.fieldNames())).isEqualTo(names(kept.fieldNames()));
        for (Map.Entry<String, JsonNode> function : measured.properties()) {
            compare(function.getKey(), kept.path(function.getKey()), function.getValue());
        }
    }

    private static Set<String> names(Iterator<String> names) {
        Set<String> all = new TreeSet<>();
        names.forEachRemaining(all::add);
        return all;
    }

    private void compare(String function, JsonNode kept, JsonNode measured) {
        assertThat(texts(measured.path("metrics")))
                .as("metrics of %s", function)
                .isEqualTo(texts(kept.path("metrics")));
        Set<String> parts = names(kept.path("parts").fieldNames());
        assertThat(names(measured.path("parts").fieldNames())).as(function).isEqualTo(parts);
        for (String part : parts) {
            JsonNode before = kept.path("parts").path(part);
            JsonNode now = measured.path("parts").path(part);
            Set<String> units = names(before.fieldNames());
            units.addAll(names(now.fieldNames()));
            units.removeAll(NEVER);
            if (!timedToo) {
                units.removeAll(TIMED.getOrDefault(function, Set.of()));
            }
            for (String unit : units) {
                compare(function + ", " + part, unit, before.path(unit), now.path(unit));
            }
        }
    }

    private static void compare(String part, String unit, JsonNode before, JsonNode now) {
        boolean bytes = unit.endsWith("Bytes");
        double share = bytes ? SHARE_BYTES : SHARE;
        double least = bytes ? LEAST_BYTES : LEAST;
        assertThat(now.asDouble())
                .as("%s of %s; %s", unit, part, UnitsFile.COMMAND)
                .isCloseTo(before.asDouble(), within(Math.max(least, share * before.asDouble())));
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asText).toList();
    }
}
