package dev.freshet.local.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Static files of one folder, with {@code index.html} for a folder, under the headers that the
 * folder's {@link SiteHeaders} states. Files outside the folder are never served.
 */
final class StaticSite {

    private static final Map<String, String> TYPES =
            Map.of(
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "css", "text/css; charset=utf-8",
                    "json", "application/json",
                    "svg", "image/svg+xml",
                    "png", "image/png",
                    "ico", "image/x-icon",
                    "woff2", "font/woff2");

    private final Path folder;
    private final SiteHeaders headers;

    StaticSite(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        this.headers = SiteHeaders.of(this.folder);
    }

    /** Returns the file at a decoded path, if there is one. */
    Optional<HttpReply> file(String path) throws IOException {
        if (path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        Path file = folder.resolve(path.substring(1)).normalize();
        if (!file.startsWith(folder)) {
            return Optional.empty();
        }
        Path served = Files.isDirectory(file) ? file.resolve("index.html") : file;
        if (!Files.isRegularFile(served)) {
            return Optional.empty();
        }
        String name = served.getFileName().toString();
        String type =
                TYPES.getOrDefault(
                        name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
        Map<String, List<String>> all = headers.at("/" + folder.relativize(served));
        all.put("Content-Type", List.of(type));
        return Optional.of(new HttpReply(200, all, Files.readAllBytes(served)));
    }
}
