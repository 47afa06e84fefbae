package dev.freshet.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.Consent;
import dev.freshet.json.TextRule;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the optional parts of an event: consent, and the site's own properties. */
final class Extras {
    /** Most entries of properties. */
    static final int MAX_PROPERTIES = 32;

    /** Most bytes of names and values of properties. */
    static final int MAX_PROPERTY_BYTES = 8 << 10;

    private Extras() {}

    static @Nullable Consent consent(@Nullable JsonNode node) throws BrokenRule {
        if (node == null) {
            return null;
        }
        JsonNode personalisation = node.path("personalisation");
        JsonNode analytics = node.path("analytics");
        BrokenRule.unless(
                node.isObject()
                        && (personalisation.isBoolean() || personalisation.isMissingNode())
                        && (analytics.isBoolean() || analytics.isMissingNode()),
                EventRule.MALFORMED_CONSENT);
        return new Consent(personalisation.asBoolean(true), analytics.asBoolean(true));
    }

    static Map<String, String> properties(@Nullable JsonNode node) throws BrokenRule {
        if (node == null) {
            return Map.of();
        }
        BrokenRule.unless(node.isObject(), EventRule.MALFORMED_PROPERTIES);
        BrokenRule.unless(node.size() <= MAX_PROPERTIES, EventRule.TOO_MANY_PROPERTIES);
        Map<String, String> properties = new HashMap<>();
        int bytes = 0;
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            JsonNode value = property.getValue();
            if (value.isNull()) {
                continue;
            }
            BrokenRule.unless(
                    value.isTextual()
                            || value.isBoolean()
                            || (value.isNumber() && Double.isFinite(value.doubleValue())),
                    EventRule.MALFORMED_PROPERTIES);
            String text = value.asText();
            BrokenRule.unless(
                    TextRule.SINGLE_LINE.accepts(property.getKey())
                            && TextRule.WELL_FORMED.accepts(text),
                    EventRule.MALFORMED_PROPERTIES);
            bytes += utf8Length(property.getKey()) + utf8Length(text);
            properties.put(property.getKey(), text);
        }
        BrokenRule.unless(bytes <= MAX_PROPERTY_BYTES, EventRule.PROPERTIES_TOO_LARGE);
        return properties;
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
