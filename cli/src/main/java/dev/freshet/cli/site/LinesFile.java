package dev.freshet.cli.site;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.console.CommandException;
import dev.freshet.console.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file with one JSON object on each line, which can be gone on with where it once stood. */
final class LinesFile implements AutoCloseable {
    private final OutputStream out;
    private long bytes;
    private long lines;

    /** How much of a file is written. */
    record Size(long bytes, long lines) {
        static final Size NONE = new Size(0, 0);
    }

    private LinesFile(OutputStream out, Size size) {
        this.out = out;
        this.bytes = size.bytes();
        this.lines = size.lines();
    }

    /**
     * Opens a file to add lines to it, and cuts off what is behind a size.
     *
     * @param known the size that is valid; {@link Size#NONE} for a file that begins anew
     * @throws CommandException if the file is shorter than that
     */
    static LinesFile open(Path file, Size known) throws IOException {
        FileChannel channel = FileChannel.open(PrivateFiles.file(file), StandardOpenOption.WRITE);
        try {
            CommandException.require(
                    channel.size() >= known.bytes(),
                    "%s is shorter than when the export was interrupted, so it cannot go on: remove the folder and export again.",
                    file);
            channel.truncate(known.bytes()).position(known.bytes());
            return new LinesFile(
                    new BufferedOutputStream(Channels.newOutputStream(channel)), known);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    void add(JsonNode line) {
        byte[] text = (line + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            out.write(text);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        bytes += text.length;
        lines++;
    }

    long lines() {
        return lines;
    }

    /** Hands everything to the operating system and returns the size of the file. */
    Size flush() throws IOException {
        out.flush();
        return new Size(bytes, lines);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
