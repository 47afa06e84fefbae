package dev.freshet.local.lake;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Searches all files of a lake for a text. */
public final class LakeFiles {
    private LakeFiles() {}

    /** Returns the files that hold a text, in their bytes or in a row of a Parquet file. */
    public static List<Path> with(Path folder, String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)
                        || (file.toString().endsWith(".parquet") && hasRow(file, text))) {
                    found.add(file);
                }
            }
        }
        return found;
    }

    /** Pages of a Parquet file are compressed, so that its rows have to be read. */
    private static boolean hasRow(Path file, String text) {
        try (LocalLake reader = new LocalLake(file.resolveSibling("no-lake"))) {
            return reader.number(
                            "SELECT count(*) FROM read_parquet("
                                    + LocalLake.text(file)
                                    + ", hive_partitioning = false) t WHERE to_json(t)::VARCHAR LIKE '%"
                                    + text
                                    + "%'")
                    > 0;
        }
    }
}
