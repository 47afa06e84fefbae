package dev.freshet.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.event.Context;
import dev.freshet.json.FieldReader;
import dev.freshet.json.TextRule;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The circumstances of an event. What the event says goes before what the request's headers say.
 * User agents become device, os and browser; pages and referrers lose what stands behind {@code ?}
 * or {@code #} and any credentials, where personal data tends to be.
 */
final class ContextReader {
    private static final int MAX_WORD = 128;
    private static final int MAX_URL = 2048;
    private static final int MAX_USER_AGENT = 4096;

    private final UserAgents userAgents;

    ContextReader(UserAgents userAgents) {
        this.userAgents = userAgents;
    }

    Context read(@Nullable JsonNode context, ReceiptContext receipt) throws BrokenRule {
        if (context != null && !context.isObject()) {
            throw new BrokenRule(EventRule.MALFORMED_CONTEXT, "*", "members of an object");
        }
        FieldReader<BrokenRule> said = FieldReader.lenient(context, "", BrokenRule::of);
        String device = word(said, "device", MAX_WORD);
        String os = word(said, "os", MAX_WORD);
        String browser = word(said, "browser", MAX_WORD);
        String country = word(said, "country", MAX_WORD);
        String region = word(said, "region", MAX_WORD);
        if (country != null && !country.matches("[A-Za-z]{2}")) {
            throw EventRule.MALFORMED_CONTEXT.broken("country", "two letters (ISO 3166-1)");
        }
        UserAgents.Agent agent =
                agent(said, device == null && os == null && browser == null, receipt);
        boolean elsewhere = country != null;
        return new Context(
                device != null ? device : agent.device(),
                os != null ? os : agent.os(),
                browser != null ? browser : agent.browser(),
                word(said, "locale", MAX_WORD),
                upper(country != null ? country : receipt.country().orElse(null)),
                region != null || elsewhere ? region : receipt.region().orElse(null),
                place(word(said, "page", MAX_URL)),
                place(word(said, "referrer", MAX_URL)),
                hour(said));
    }

    private UserAgents.Agent agent(
            FieldReader<BrokenRule> said, boolean unsaid, ReceiptContext receipt)
            throws BrokenRule {
        String own = word(said, "userAgent", MAX_USER_AGENT);
        if (own != null) {
            return userAgents.read(own);
        }
        Optional<String> header = unsaid ? receipt.userAgent() : Optional.empty();
        return header.filter(ContextReader::isBrowser)
                .map(userAgents::read)
                .orElse(UserAgents.Agent.UNKNOWN);
    }

    /**
     * Every browser says so in front; the agent of a site's own server tells nothing of a reader.
     */
    private static boolean isBrowser(String header) {
        return header.length() <= MAX_USER_AGENT
                && (header.startsWith("Mozilla/") || header.startsWith("Opera/"));
    }

    private static @Nullable String word(FieldReader<BrokenRule> said, String name, int longest)
            throws BrokenRule {
        String word =
                said.reportingBy(
                                _ ->
                                        EventRule.MALFORMED_CONTEXT.broken(
                                                name,
                                                "plain text of at most " + longest + " characters"))
                        .text(name, TextRule.SINGLE_LINE, longest);
        return word == null || word.isEmpty() ? null : word;
    }

    private static @Nullable Integer hour(FieldReader<BrokenRule> said) throws BrokenRule {
        Long hour =
                said.reportingBy(
                                _ ->
                                        EventRule.MALFORMED_CONTEXT.broken(
                                                "localHour", "a whole number from 0 to 23"))
                        .integer("localHour", 0, 23);
        return hour == null ? null : hour.intValue();
    }

    /** Scheme, host and path. */
    private static @Nullable String place(@Nullable String url) {
        if (url == null) {
            return null;
        }
        String bare = url.split("[?#]", 2)[0];
        return bare.replaceFirst("^([a-zA-Z][a-zA-Z0-9+.-]*://)[^/@]*@", "$1");
    }

    private static @Nullable String upper(@Nullable String country) {
        return country == null ? null : country.toUpperCase(Locale.ROOT);
    }
}
