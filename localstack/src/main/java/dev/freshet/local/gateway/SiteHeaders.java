package dev.freshet.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.local.host.LocalCloudException;
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
final class SiteHeaders {
    /** Name of the file, in the folder of the site. */
    static final String FILE = "headers.json";

    private static final long MAX_BYTES = 64 << 10;

    private final List<Rule> rules;

    private record Rule(String prefix, Map<String, List<String>> headers) {}

    private SiteHeaders(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /**
     * Reads the headers of a site.
     *
     * @throws LocalCloudException if the file is larger than 64 KB or not in the described form
     */
    static SiteHeaders of(Path folder) {
        Path file = folder.resolve(FILE);
        List<Rule> rules = new ArrayList<>();
        rules.add(new Rule("/", Map.of("Cache-Control", List.of("no-cache"))));
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
                Map<String, List<String>> headers = new TreeMap<>();
                one.path("headers")
                        .properties()
                        .forEach(
                                header ->
                                        headers.put(
                                                header.getKey(),
                                                List.of(header.getValue().asText())));
                if (!one.path("prefix").isTextual() || headers.isEmpty()) {
                    throw malformed(file);
                }
                rules.add(new Rule(one.path("prefix").asText(), headers));
            }
        } catch (IOException unreadable) {
            throw new LocalCloudException(file + " cannot be read as JSON.", unreadable);
        }
        return new SiteHeaders(rules);
    }

    private static LocalCloudException malformed(Path file) {
        return new LocalCloudException(
                file
                        + " must be a list of at most 64 KB, of objects with a prefix and headers;"
                        + " build the site again with 'npm run build'.");
    }

    /** Returns the headers of a path, which begins with a slash. */
    Map<String, List<String>> at(String path) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Rule rule : rules) {
            if (path.startsWith(rule.prefix)) {
                headers.putAll(rule.headers);
            }
        }
        return headers;
    }
}
