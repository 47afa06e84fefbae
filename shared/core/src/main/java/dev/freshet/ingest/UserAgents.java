package dev.freshet.ingest;

import dev.freshet.store.LruMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ua_parser.Client;
import ua_parser.Parser;

/**
 * Device, os and browser of a user agent, by <a href="https://github.com/ua-parser/uap-core">
 * uap-core</a>'s patterns. They are loaded at the first question (≈ 200 KB of patterns, some
 * hundreds of ms), and the answers to the {@value #MAX_KEPT} latest different agents are kept in
 * memory; the agent itself goes no further. Safe for use by several threads.
 */
public final class UserAgents {
    /** Most answers kept. */
    public static final int MAX_KEPT = 1_000;

    /** What is looked at of an agent, in characters: its families stand in front. */
    private static final int MAX_LENGTH = 512;

    private final Map<String, Agent> kept = new LruMap<>(MAX_KEPT);
    private @Nullable Parser parser;

    /**
     * What an agent is; null where the patterns do not know.
     *
     * @param device desktop, mobile, tablet, tv, bot or other
     */
    public record Agent(@Nullable String device, @Nullable String os, @Nullable String browser) {
        static final Agent UNKNOWN = new Agent(null, null, null);
    }

    /** Reads an agent; what stands behind 512 characters is not looked at. */
    public synchronized Agent read(String userAgent) {
        String looked =
                userAgent.length() <= MAX_LENGTH ? userAgent : userAgent.substring(0, MAX_LENGTH);
        Agent known = kept.get(looked);
        if (known == null) {
            known = parse(looked);
            kept.put(looked, known);
        }
        return known;
    }

    private Agent parse(String userAgent) {
        Parser loaded = parser;
        if (loaded == null) {
            loaded = new Parser();
            parser = loaded;
        }
        Client client = loaded.parse(userAgent);
        return new Agent(
                device(client, userAgent), known(client.os.family), known(client.userAgent.family));
    }

    private static @Nullable String known(@Nullable String family) {
        return family == null || family.equals("Other") ? null : family;
    }

    private static String device(Client client, String userAgent) {
        String family = client.device.family == null ? "Other" : client.device.family;
        String os = client.os.family == null ? "Other" : client.os.family;
        if (family.equals("Spider")) {
            return "bot";
        }
        if (family.contains("TV")
                || os.contains("TV")
                || os.equals("Tizen")
                || os.equals("WebOS")) {
            return "tv";
        }
        return switch (os) {
            case "iOS" -> family.contains("iPad") ? "tablet" : "mobile";
            case "Android" -> userAgent.contains("Mobile") ? "mobile" : "tablet";
            case "Windows Phone", "KaiOS", "BlackBerry OS" -> "mobile";
            case "Windows",
                    "Mac OS X",
                    "Linux",
                    "Ubuntu",
                    "Fedora",
                    "Debian",
                    "Chrome OS",
                    "FreeBSD" ->
                    "desktop";
            default -> "other";
        };
    }
}
