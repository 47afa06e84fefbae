package dev.freshet.house;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The files of the repository, without what builds and installations of packages made. */
final class Checkout {
    static final Path FOLDER = Path.of("..");

    private static final Set<String> MADE = Set.of("target", "node_modules", ".git", "dist");

    private Checkout() {}

    /** Returns the files whose names end in this way. */
    static List<Path> files(String ending) throws IOException {
        List<Path> files = new ArrayList<>();
        add(FOLDER, ending, files);
        return files;
    }

    private static void add(Path folder, String ending, List<Path> files) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    if (!MADE.contains(name)) {
                        add(entry, ending, files);
                    }
                } else if (name.endsWith(ending)) {
                    files.add(entry);
                }
            }
        }
    }
}
