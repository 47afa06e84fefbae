package dev.freshet.cli.imports.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Usual forms of times, to recognise one by its values. */
final class TimeForms {
    private static final List<String> FORMS =
            List.of(
                    "iso",
                    "epoch-seconds",
                    "epoch-millis",
                    "epoch-micros",
                    "yyyy/MM/dd HH:mm:ss",
                    "dd.MM.yyyy HH:mm:ss",
                    "dd.MM.yyyy HH:mm",
                    "M/d/yyyy h:mm:ss a",
                    "M/d/yyyy H:mm:ss",
                    "M/d/yyyy H:mm",
                    "d/M/yyyy H:mm:ss",
                    "d/M/yyyy H:mm",
                    "dd-MM-yyyy HH:mm:ss",
                    "dd-MM-yyyy HH:mm",
                    "yyyyMMddHHmmss",
                    "yyyyMMdd",
                    "yyyy/MM/dd",
                    "dd.MM.yyyy",
                    "M/d/yyyy",
                    "d/M/yyyy");
    private static final Instant EARLIEST = Instant.parse("1990-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    private TimeForms() {}

    /** Returns the first form that all values have, as times from 1990 to 2099. */
    static Optional<String> of(List<JsonNode> values) {
        return values.isEmpty()
                ? Optional.empty()
                : FORMS.stream().filter(form -> fits(form, values)).findFirst();
    }

    private static boolean fits(String form, List<JsonNode> values) {
        TimeRule rule = new TimeRule(form, ZoneId.of("UTC"));
        for (JsonNode value : values) {
            try {
                Instant time = rule.read(value);
                if (time.isBefore(EARLIEST) || !time.isBefore(LATEST)) {
                    return false;
                }
            } catch (UnreadableRecordException otherForm) {
                return false;
            }
        }
        return true;
    }
}
