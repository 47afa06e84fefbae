package dev.freshet.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.Context;
import dev.freshet.event.Context.Text;
import dev.freshet.ingest.EventRule.BrokenRule;
import dev.freshet.ingest.UserAgents.AgentQuota;
import dev.freshet.json.FieldReader;
import dev.freshet.json.TextRule;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the context of an event. Values in the event take precedence over those of the request's
 * headers. A user agent is reduced to device, operating system and browser; page and referrer URLs
 * lose their query, fragment and credentials, which often hold personal data.
 */
record ContextReader(UserAgents userAgents) {
    private static final int MAX_TEXT = 128;
    private static final int MAX_URL = 2048;
    private static final int MAX_USER_AGENT = 4096;

    Context read(@Nullable JsonNode context, ReceiptContext receipt, AgentQuota quota)
            throws BrokenRule {
        if (context != null && !context.isObject()) {
            throw new BrokenRule(EventRule.MALFORMED_CONTEXT, "*", "members of an object");
        }
        FieldReader<BrokenRule> fields = FieldReader.lenient(context, "", BrokenRule::of);
        Map<Text, @Nullable String> texts = new EnumMap<>(Text.class);
        for (Text text : Text.values()) {
            texts.put(
                    text,
                    Text.STORED.contains(text)
                            ? text(fields, text.wireName(), MAX_TEXT)
                            : withoutQuery(text(fields, text.wireName(), MAX_URL)));
            if (text == Text.COUNTRY) {
                checkCountry(texts.get(text));
            }
        }
        String country = texts.get(Text.COUNTRY);
        UserAgents.Agent agent =
                agent(
                        fields,
                        texts.get(Text.DEVICE) == null
                                && texts.get(Text.OS) == null
                                && texts.get(Text.BROWSER) == null,
                        receipt,
                        quota);
        texts.computeIfAbsent(Text.DEVICE, _ -> agent.device());
        texts.computeIfAbsent(Text.OS, _ -> agent.os());
        texts.computeIfAbsent(Text.BROWSER, _ -> agent.browser());
        if (country == null) {
            texts.computeIfAbsent(Text.REGION, _ -> receipt.region().orElse(null));
        }
        texts.put(Text.COUNTRY, upper(country != null ? country : receipt.country().orElse(null)));
        return Context.of(texts::get, hour(fields));
    }

    private static void checkCountry(@Nullable String country) throws BrokenRule {
        if (country != null && !country.matches("[A-Za-z]{2}")) {
            throw EventRule.MALFORMED_CONTEXT.broken("country", "two letters (ISO 3166-1)");
        }
    }

    private UserAgents.Agent agent(
            FieldReader<BrokenRule> fields,
            boolean allowHeader,
            ReceiptContext receipt,
            AgentQuota quota)
            throws BrokenRule {
        String userAgent = text(fields, "userAgent", MAX_USER_AGENT);
        if (userAgent != null) {
            return userAgents.read(userAgent, quota);
        }
        Optional<String> header = allowHeader ? receipt.userAgent() : Optional.empty();
        return header.filter(ContextReader::isBrowser)
                .map(agent -> userAgents.read(agent, quota))
                .orElse(UserAgents.Agent.UNKNOWN);
    }

    /**
     * Returns whether the header is that of a browser, by the prefix that all browsers send; the
     * agent of a site's own server says nothing about a user.
     */
    private static boolean isBrowser(String header) {
        return header.length() <= MAX_USER_AGENT
                && (header.startsWith("Mozilla/") || header.startsWith("Opera/"));
    }

    private static @Nullable String text(FieldReader<BrokenRule> fields, String name, int max)
            throws BrokenRule {
        String text =
                fields.reportingBy(
                                _ ->
                                        EventRule.MALFORMED_CONTEXT.broken(
                                                name,
                                                "plain text of at most " + max + " characters"))
                        .text(name, TextRule.SINGLE_LINE, max);
        return text == null || text.isEmpty() ? null : text;
    }

    private static @Nullable Integer hour(FieldReader<BrokenRule> fields) throws BrokenRule {
        Long hour =
                fields.reportingBy(
                                _ ->
                                        EventRule.MALFORMED_CONTEXT.broken(
                                                "localHour", "a whole number from 0 to 23"))
                        .integer("localHour", 0, 23);
        return hour == null ? null : hour.intValue();
    }

    /** Returns scheme, host and path of a URL. */
    private static @Nullable String withoutQuery(@Nullable String url) {
        if (url == null) {
            return null;
        }
        return url.split("[?#]", 2)[0].replaceFirst("^([a-zA-Z][a-zA-Z0-9+.-]*://)[^/@]*@", "$1");
    }

    private static @Nullable String upper(@Nullable String country) {
        return country == null ? null : country.toUpperCase(Locale.ROOT);
    }
}
