package dev.freshet.cli.imports.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

    private final CountedStream counted;
    private final Reader characters;
    private final long total;
    private final char[] buffer = new char[BUFFER];
    private int filled;
    private int at;
    private long number;

    private TextInput(CountedStream counted, Reader characters, long total) {
        this.counted = counted;
        this.characters = characters;
        this.total = total;
    }

    static TextInput open(Path file) throws IOException {
        CountedStream counted =
                new CountedStream(new BufferedInputStream(Files.newInputStream(file), BUFFER));
        try {
            InputStream bytes = counted;
            counted.mark(2);
            int magic = (counted.read() << 8) | counted.read();
            counted.reset();
            if (magic == GZIP) {
                bytes = new GZIPInputStream(counted, BUFFER);
            }
            return new TextInput(
                    counted,
                    new InputStreamReader(bytes, StandardCharsets.UTF_8),
                    Files.size(file));
        } catch (IOException e) {
            counted.close();
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
        return counted.count();
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
