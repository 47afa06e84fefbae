package dev.freshet.bench.evaluate;

import dev.freshet.console.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The supported data sets and the locations of their files. */
enum Dataset {
    DESKDROP("deskdrop"),
    ML_100K("ml-100k"),
    GOWALLA("gowalla"),
    NEWSPAPER("newspaper"),
    SHOP("shop"),
    CSV("csv");

    private final String wireName;

    Dataset(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    /**
     * Returns the data set of this name, or {@link #CSV} for the path of a file.
     *
     * @throws CommandException if there is neither
     */
    static Dataset of(String name) {
        for (Dataset dataset : values()) {
            if (dataset.wireName.equals(name)) {
                return dataset;
            }
        }
        if (Files.isRegularFile(Path.of(name))) {
            return CSV;
        }
        throw new CommandException(
                ("'%s' is neither a data set nor a file. Use deskdrop, ml-100k, gowalla,"
                                + " newspaper, shop, csv or the path of a CSV file.")
                        .formatted(name));
    }

    /** Returns whether the data set is generated instead of read. */
    boolean isGenerated() {
        return this == NEWSPAPER || this == SHOP;
    }

    /** Returns the file of a CSV data set. */
    static Path csv(String name, @Nullable Path data) {
        Path file = data == null ? Path.of(name) : data;
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandException(
                    "There is no readable file " + file + "; name one with --data FILE.");
        }
        return file;
    }

    /**
     * Returns one of the data set's files.
     *
     * @param data folder of the data set, or its parent
     */
    Path file(@Nullable Path data, String file) {
        if (data == null) {
            throw new CommandException(
                    "Name the folder that contains " + wireName + " with --data DIR.");
        }
        for (Path folder : new Path[] {data, data.resolve(wireName)}) {
            if (Files.isReadable(folder.resolve(file))) {
                return folder.resolve(file);
            }
        }
        throw new CommandException(
                "Neither %s nor %s contains a readable %s."
                        .formatted(data, data.resolve(wireName), file));
    }
}
