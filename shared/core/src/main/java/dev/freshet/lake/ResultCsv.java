package dev.freshet.lake;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The result of a query as Athena writes it: values in quotes, which are doubled within a value,
 * and nothing at all for NULL. The first row has the names of the columns.
 *
 * <p>Not safe for use by several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/athena/latest/ug/querying.html">Athena, query
 *     results</a>
 */
public final class ResultCsv implements Closeable {
    private static final char QUOTE = '"';

    private final Reader in;
    private boolean cut;

    /**
     * Starts to read a result.
     *
     * @param in is read a character at a time, and closed with this
     */
    public ResultCsv(Reader in) {
        this.in = in;
    }

    /** Returns the values of the next row, or null after the last one. */
    public @Nullable List<@Nullable String> next() throws IOException {
        int read = in.read();
        if (read < 0) {
            return null;
        }
        List<@Nullable String> row = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        boolean within = false;
        for (; read >= 0 && (within || read != '\n'); read = in.read()) {
            char c = (char) read;
            if (c == QUOTE) {
                if (quoted && !within) {
                    value.append(QUOTE); // the second of two
                }
                within = !within;
                quoted = true;
            } else if (c == ',' && !within) {
                row.add(quoted ? value.toString() : null);
                value.setLength(0);
                quoted = false;
            } else {
                value.append(c);
            }
        }
        cut = read < 0;
        row.add(quoted ? value.toString() : null);
        return row;
    }

    /** Returns the line of a row, without its end. */
    public static String line(List<@Nullable String> row) {
        return row.stream()
                .map(value -> value == null ? "" : "\"%s\"".formatted(value.replace("\"", "\"\"")))
                .collect(Collectors.joining(","));
    }

    /** Returns whether the latest row ended with the text and not with a line. */
    boolean isCut() {
        return cut;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
