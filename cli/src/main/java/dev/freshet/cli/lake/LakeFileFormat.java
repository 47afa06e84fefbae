package dev.freshet.cli.lake;

import java.util.Locale;

/** A format of exported files. */
public enum LakeFileFormat {
    PARQUET,
    CSV,
    JSONL;

    /** Returns the word that names the format and ends the names of its files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
