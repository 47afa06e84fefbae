package dev.freshet.local.lake;

import dev.freshet.lake.LakeTable;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.host.StateFolder;
import dev.freshet.local.host.StateFolder.FileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The folder of a lake: one folder for each table; arrivals and settled interactions and lists have
 * a folder for each day. A file is written under another name and renamed when it is whole.
 *
 * @param path the folder; need not exist
 */
record LakeFolder(Path path) {
    private static final String PARQUET = ".parquet";
    private static final String SETTLED = "settled" + PARQUET;

    /** Returns the folder of a table. */
    Path of(LakeTable table) {
        return path.resolve(table.sqlName());
    }

    /** Returns the folder of one day of a table. */
    Path of(LakeTable table, LocalDate day) {
        return of(table).resolve("day=" + day);
    }

    /** Returns the one file of a settled table's day, or of a table without days. */
    static Path settled(Path folder) {
        return folder.resolve(SETTLED);
    }

    /** Returns the file that follows those of a folder, numbered from 1. */
    static Path next(Path folder) {
        long last =
                list(folder).stream()
                        .map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(PARQUET))
                        .mapToLong(name -> Long.parseLong(name.replace(PARQUET, "")))
                        .max()
                        .orElse(0);
        return folder.resolve(String.format(Locale.ROOT, "%08d%s", last + 1, PARQUET));
    }

    /** Returns the folder of what the delivery gave up. */
    Path errors() {
        return path.resolve("errors");
    }

    /** Returns whether a table has a file. */
    boolean isEmpty(LakeTable table) {
        return files(of(table)).isEmpty();
    }

    /** Returns the days of which a table has a folder, in order. */
    List<LocalDate> days(LakeTable table) {
        return list(of(table)).stream()
                .map(folder -> folder.getFileName().toString())
                .filter(name -> name.startsWith("day="))
                .map(name -> LocalDate.parse(name.substring("day=".length())))
                .sorted()
                .toList();
    }

    /** Returns the Parquet files of a folder and its days, in order of their paths. */
    static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.getFileName().toString().endsWith(PARQUET))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the entries of a folder; none where there is no such folder. */
    static List<Path> list(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted().toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a file atomically, creating its folder if necessary. */
    static void replace(Path file, FileWriter writer) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        StateFolder.replace(file, writer);
    }

    /** Deletes files, and their folders where nothing is left in them. */
    static void delete(List<Path> files) {
        try {
            for (Path file : files) {
                Files.deleteIfExists(file);
                Path folder = file.toAbsolutePath().getParent();
                if (folder != null && list(folder).isEmpty()) {
                    Files.deleteIfExists(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs work that changes settled files, which one process may do at a time.
     *
     * @throws LocalCloudException if another process does it
     */
    void exclusively(Runnable work) {
        try {
            Files.createDirectories(path);
            try (FileChannel channel =
                            FileChannel.open(
                                    path.resolve("lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    var lock = channel.tryLock()) {
                if (lock == null) {
                    throw new LocalCloudException(
                            "Another process settles the lake in " + path + "; try again.");
                }
                work.run();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
