package dev.freshet.bench.evaluate;

import dev.freshet.cli.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The data sets that are known, and where their files lie. */
enum Dataset {
    DESKDROP("deskdrop"),
    ML_100K("ml-100k"),
    GOWALLA("gowalla"),
    CSV("csv");

    private final String wireName;

    Dataset(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    /**
     * The data set of this name, or a CSV file at this path.
     *
     * @throws CommandException where there is neither
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
                ("'%s' is no data set and no file: take deskdrop, ml-100k, gowalla, csv or the path of a"
                                + " CSV file.")
                        .formatted(name));
    }

    /** The file to evaluate of a CSV data set. */
    static Path csv(String name, @Nullable Path data) {
        Path file = data == null ? Path.of(name) : data;
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw new CommandException(
                    "There is no readable file " + file + "; name one with --data FILE.");
        }
        return file;
    }

    /**
     * One of the data set's files.
     *
     * @param data the folder of the data set, or the one above
     */
    Path file(@Nullable Path data, String file) {
        if (data == null) {
            throw new CommandException(
                    "Name the folder that holds " + wireName + " with --data DIR.");
        }
        for (Path folder : new Path[] {data, data.resolve(wireName)}) {
            if (Files.isReadable(folder.resolve(file))) {
                return folder.resolve(file);
            }
        }
        throw new CommandException(
                "Neither %s nor %s holds a readable %s."
                        .formatted(data, data.resolve(wireName), file));
    }
}
