package dev.freshet.cli.imports;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.imports.sending.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The file of an import and the files beside it.
 *
 * @param checkpoint holds how far an interrupted import has come; empty where the folder cannot be
 *     written
 * @param refusals holds refused lines; empty where none are kept
 */
record ImportFiles(Path file, Optional<Path> checkpoint, Optional<Path> refusals) {
    private static final int BEGINNING = 1 << 16;

    /**
     * Returns the files of an import.
     *
     * @param rejections the file for refused lines, where one was named
     * @param dryRun whether refused lines are kept only where that was asked for
     * @throws CommandException if the file cannot be read
     */
    static ImportFiles of(Path file, Optional<Path> rejections, boolean dryRun) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new CommandException("There is no readable file " + file + ".");
        }
        Path folder = file.toAbsolutePath().getParent();
        boolean writable = folder != null && Files.isWritable(folder);
        Optional<Path> checkpoint =
                writable
                        ? Optional.of(file.resolveSibling(file.getFileName() + ".checkpoint"))
                        : Optional.empty();
        Optional<Path> refusals =
                rejections.isPresent() || dryRun || !writable
                        ? rejections
                        : Optional.of(file.resolveSibling(file.getFileName() + ".refused.jsonl"));
        return new ImportFiles(file, checkpoint, refusals);
    }

    /** Returns what identifies the import of the file into a stack. */
    Checkpoint.Source source(String endpoint, String format, String mapping) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(in.readNBytes(BEGINNING));
            return new Checkpoint.Source(
                    endpoint,
                    format,
                    mapping,
                    Files.size(file),
                    HexFormat.of().formatHex(hash, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
