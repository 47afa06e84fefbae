package dev.freshet.cli.imports;

import dev.freshet.cli.imports.Input.InputLine;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The lines of a text in UTF-8, ended by LF, CR LF or CR. A file that begins with the two bytes of
 * gzip is expanded while it is read. Bytes that are not UTF-8 become U+FFFD, and a byte order mark
 * is left out.
 */
final class TextInput implements Input {
    private static final int GZIP = 0x1f8b;
    private static final int BUFFER = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private final FileChannel file;
    private final Reader characters;
    private final long total;
    private final char[] buffer = new char[BUFFER];
    private int filled;
    private int at;
    private long number;

    private TextInput(FileChannel file, Reader characters, long total) {
        this.file = file;
        this.characters = characters;
        this.total = total;
    }

    static TextInput open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        try {
            InputStream bytes = new BufferedInputStream(Channels.newInputStream(file), BUFFER);
            bytes.mark(2);
            int magic = (bytes.read() << 8) | bytes.read();
            bytes.reset();
            InputStream text = magic == GZIP ? new GZIPInputStream(bytes, BUFFER) : bytes;
            return new TextInput(
                    file, new InputStreamReader(text, StandardCharsets.UTF_8), file.size());
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public Optional<InputLine> next() throws IOException {
        StringBuilder line = new StringBuilder();
        boolean any = false;
        boolean cut = false;
        while (at < filled || fill()) {
            any = true;
            int from = at;
            while (at < filled && buffer[at] != '\n' && buffer[at] != '\r') {
                at++;
            }
            int room = Math.min(at - from, InputLine.MAX_LENGTH - line.length());
            line.append(buffer, from, room);
            cut |= room < at - from;
            if (at < filled) {
                end();
                break;
            }
        }
        if (!any) {
            return Optional.empty();
        }
        number++;
        String text = line.toString();
        boolean marked = number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        return Optional.of(new InputLine(number, marked ? text.substring(1) : text, cut));
    }

    /** Passes the end of a line, which may be of two characters. */
    private void end() throws IOException {
        boolean carriageReturn = buffer[at++] == '\r';
        if (carriageReturn && (at < filled || fill()) && buffer[at] == '\n') {
            at++;
        }
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, characters.read(buffer));
        return filled > 0;
    }

    @Override
    public long done() {
        try {
            return file.position();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public void close() throws IOException {
        characters.close();
    }
}
