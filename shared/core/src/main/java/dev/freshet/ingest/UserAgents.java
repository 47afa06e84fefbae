package dev.freshet.ingest;

import dev.freshet.store.LruMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import ua_parser.Client;
import ua_parser.Parser;

/**
 * Reads device, operating system and browser from a user agent, by the patterns of <a
 * href="https://github.com/ua-parser/uap-core">uap-core</a>. The patterns (≈ 200 KB) are loaded on
 * first use, which takes some hundreds of ms. The results of the {@value #MAX_CACHED} different
 * agents used last are cached in memory; the agent itself is not passed on. Safe for use by several
 * threads.
 */
public final class UserAgents {
    /** Most results cached. */
    public static final int MAX_CACHED = 1_000;

    /**
     * Longest prefix of an agent that is examined, in characters: families come first, and the time
     * of the patterns grows faster than the length.
     */
    private static final int MAX_LENGTH = 256;

    private final Map<String, Agent> cache = new LruMap<>(MAX_CACHED);
    private @Nullable Parser parser;

    /**
     * The parts of a user agent; null where the patterns do not match.
     *
     * @param device desktop, mobile, tablet, tv, bot or other
     */
    public record Agent(@Nullable String device, @Nullable String os, @Nullable String browser) {
        static final Agent UNKNOWN = new Agent(null, null, null);

        /** An agent that was not examined. */
        static final Agent OTHER = new Agent("other", null, null);
    }

    /**
     * Reads an agent by its first {@value #MAX_LENGTH} characters.
     *
     * @param quota of the request; an agent that is not cached and for which there is no parse left
     *     is {@link Agent#OTHER}
     */
    public synchronized Agent read(String userAgent, AgentQuota quota) {
        String examined =
                userAgent.length() <= MAX_LENGTH ? userAgent : userAgent.substring(0, MAX_LENGTH);
        Agent agent = cache.get(examined);
        if (agent == null) {
            if (!quota.take()) {
                return Agent.OTHER;
            }
            agent = parse(examined);
            cache.put(examined, agent);
        }
        return agent;
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

    /**
     * The number of unknown user agents that one request may still have parsed. A parse takes
     * milliseconds, and a request can name as many agents as it has events; a browser sends one,
     * and a server that passes on events of its users meets agents that were seen before. Used by
     * one thread.
     */
    public static final class AgentQuota {
        /** Most agents parsed for one request. */
        public static final int MAX_PARSED = 20;

        private int left = MAX_PARSED;

        /** Takes one parse, and returns whether there was one left. */
        boolean take() {
            if (left == 0) {
                return false;
            }
            left--;
            return true;
        }
    }
}
