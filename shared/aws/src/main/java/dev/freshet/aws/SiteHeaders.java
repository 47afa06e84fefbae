package dev.freshet.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.check.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The response headers of a site's files, read from the file {@code headers.json} of the site: a
 * list of {@code {"prefix": "/", "headers": {…}}}. Every entry whose prefix a path begins with
 * applies; a later one overrides an earlier one. A site without the file has {@code Cache-Control:
 * no-cache} alone.
 */
public final class SiteHeaders {
    /** Name of the file, in the folder of the site. */
    public static final String FILE = "headers.json";

    private static final long MAX_BYTES = 64 << 10;
    private static final int HASH_DIGITS = 16;

    private final List<Rule> rules;

    private record Rule(String prefix, Map<String, String> headers) {}

    private SiteHeaders(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads the headers of a site.
     *
     * @throws IllegalArgumentException if the file is larger than 64 KB, cannot be read, or is not
     *     in the described form; the message names the file
     */
    public static SiteHeaders of(Path folder) {
        Path file = folder.resolve(FILE);
        List<Rule> rules = new ArrayList<>();
        rules.add(new Rule("/", Map.of("Cache-Control", "no-cache")));
        if (!Files.isRegularFile(file)) {
            return new SiteHeaders(rules);
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw malformed(file);
            }
            JsonNode all = new ObjectMapper().readTree(file.toFile());
            if (!all.isArray()) {
                throw malformed(file);
            }
            for (JsonNode one : all) {
                Map<String, String> headers = new TreeMap<>();
                one.path("headers")
                        .properties()
                        .forEach(
                                header -> headers.put(header.getKey(), header.getValue().asText()));
                if (!one.path("prefix").asText().startsWith("/") || headers.isEmpty()) {
                    throw malformed(file);
                }
                rules.add(new Rule(one.path("prefix").asText(), headers));
            }
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(file + " cannot be read as JSON.", unreadable);
        }
        return new SiteHeaders(rules);
    }

    private static IllegalArgumentException malformed(Path file) {
        return new IllegalArgumentException(
                file
                        + " must be a list of at most 64 KB, of objects with a prefix and headers;"
                        + " build the site again with 'npm run build'.");
    }

    /** Returns the headers of a path, which begins with a slash, by name in any case. */
    public Map<String, String> at(String path) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Rule rule : rules) {
            if (path.startsWith(rule.prefix)) {
                headers.putAll(rule.headers);
            }
        }
        return headers;
    }

    /**
     * Returns the first 16 hexadecimal digits of the SHA-256 of a site's file, by which a stack and
     * the pages that are put into it are compared.
     *
     * @throws IllegalArgumentException if the file cannot be read
     */
    public static String hash(Path folder) {
        try {
            return Sha256.of(folder.resolve(FILE)).substring(0, HASH_DIGITS);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(folder + " has no " + FILE + ".", unreadable);
        }
    }

    /**
     * Returns the prefixes that have headers of their own besides the root, in the order of the
     * file and each once.
     */
    public List<String> prefixes() {
        return rules.stream()
                .map(Rule::prefix)
                .distinct()
                .filter(each -> !each.equals("/"))
                .toList();
    }
}
