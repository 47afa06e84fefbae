package dev.freshet.local.gateway;

import dev.freshet.aws.ContentTypes;
import dev.freshet.aws.SiteHeaders;
import dev.freshet.local.host.HttpReply;
import dev.freshet.local.host.LocalCloudException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Static files of one folder, with {@code index.html} for a folder, under the headers that the
 * folder's {@link SiteHeaders} states. Files outside the folder are never served.
 */
final class StaticSite {
    private final Path folder;
    private final SiteHeaders headers;

    /**
     * @throws LocalCloudException if the folder's headers cannot be read
     */
    StaticSite(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        try {
            this.headers = SiteHeaders.of(this.folder);
        } catch (IllegalArgumentException malformed) {
            throw new LocalCloudException(String.valueOf(malformed.getMessage()), malformed);
        }
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
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.at("/" + folder.relativize(served))
                .forEach((header, value) -> all.put(header, List.of(value)));
        all.put("Content-Type", List.of(ContentTypes.of(served.getFileName().toString())));
        return Optional.of(new HttpReply(200, all, Files.readAllBytes(served)));
    }
}
