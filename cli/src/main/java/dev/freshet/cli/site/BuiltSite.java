package dev.freshet.cli.site;

import dev.freshet.aws.ContentTypes;
import dev.freshet.aws.SiteHeaders;
import dev.freshet.console.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that the build of the site made, in the order in which they have to be stored: first
 * what is immutable, then what names it.
 *
 * @param headersHash the {@link SiteHeaders#hash} of the folder
 */
record BuiltSite(List<SiteFile> files, String headersHash) {
    /** Most files; the build makes about a dozen. */
    private static final int MAX_FILES = 1_000;

    /** Most bytes of one file. */
    private static final long MAX_BYTES = 16L << 20;

    BuiltSite {
        files = List.copyOf(files);
    }

    /**
     * One file.
     *
     * @param key its path below the folder, with slashes
     */
    record SiteFile(Path path, String key, String contentType, String cacheControl) {
        private boolean immutable() {
            return cacheControl.contains("immutable");
        }
    }

    /**
     * Reads the names of the files of a folder. The file of the headers is left out: it is the
     * stack's, and no page asks for it. Symbolic links are left out too.
     *
     * @throws CommandException if the folder is not a built site, or is too large for one
     */
    static BuiltSite read(Path folder) throws IOException {
        CommandException.require(
                Files.isRegularFile(folder.resolve("index.html"))
                        && Files.isRegularFile(folder.resolve(SiteHeaders.FILE)),
                "%s does not contain the built pages: run ./mvnw package -pl web.",
                folder);
        SiteHeaders headers = headers(folder);
        try (Stream<Path> all = Files.walk(folder)) {
            List<SiteFile> files =
                    all.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                            .limit(MAX_FILES + 1L)
                            .map(path -> file(folder, path, headers))
                            .filter(file -> !file.key().equals(SiteHeaders.FILE))
                            .sorted(
                                    Comparator.comparing((SiteFile file) -> !file.immutable())
                                            .thenComparing(SiteFile::key))
                            .toList();
            CommandException.require(
                    files.size() < MAX_FILES,
                    "%s contains %d files or more: is it the right one?",
                    folder,
                    MAX_FILES);
            for (SiteFile file : files) {
                CommandException.require(
                        Files.size(file.path()) <= MAX_BYTES,
                        "%s is larger than 16 MB.",
                        file.path());
            }
            return new BuiltSite(files, SiteHeaders.hash(folder));
        }
    }

    private static SiteHeaders headers(Path folder) {
        try {
            return SiteHeaders.of(folder);
        } catch (IllegalArgumentException malformed) {
            throw new CommandException(malformed);
        }
    }

    private static SiteFile file(Path folder, Path path, SiteHeaders headers) {
        String key = folder.relativize(path).toString().replace('\\', '/');
        return new SiteFile(
                path,
                key,
                ContentTypes.of(key),
                headers.at("/" + key).getOrDefault("Cache-Control", "no-cache"));
    }
}
