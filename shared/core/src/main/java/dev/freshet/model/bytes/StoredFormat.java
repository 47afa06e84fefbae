package dev.freshet.model.bytes;

import java.time.DateTimeException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The formats that several functions exchange through streams and objects, each with its versions.
 *
 * <p>A deployment replaces functions one after the other and may be rolled back, so a function can
 * receive what the release before or after its own wrote. A new version of a format therefore takes
 * two releases: the first reads it, the second writes it. A test holds {@link #written} to the
 * versions that the last release reads.
 */
public enum StoredFormat {
    /** Examples in the stream {@code examples}. */
    EXAMPLES(1, 1, "an example"),
    /** Deltas of the model log. */
    DELTA(1, 1, "a part of the delta"),
    /** Snapshots of the model log. */
    SNAPSHOT(1, 1, "a part of the model");

    private static final String DESCRIBED = "formats ";
    private static final Pattern FORMAT = Pattern.compile("(\\w+)=(\\d{1,4})/(\\d{1,4})");

    private final int written;
    private final int newestRead;
    private final String part;

    StoredFormat(int written, int newestRead, String part) {
        this.written = written;
        this.newestRead = newestRead;
        this.part = part;
    }

    /**
     * Returns the formats of this release as one line: {@code formats examples=1/1 delta=1/1}, the
     * version that is written and the newest that is read.
     */
    public static String described() {
        return Stream.of(values())
                .map(each -> "%s=%d/%d".formatted(each.label(), each.written, each.newestRead))
                .collect(Collectors.joining(" ", DESCRIBED, ""));
    }

    /**
     * Returns why a release cannot read what another wrote, as parts of sentences; none if it can.
     *
     * @param reading what {@link #described} returned in the release that is to read; any other
     *     text says nothing of its formats, and is a reason
     * @param written likewise, of the release that wrote
     */
    public static List<String> unreadable(String reading, String written) {
        Map<String, MatchResult> reads = parsed(reading);
        Map<String, MatchResult> writes = parsed(written);
        if (reads.isEmpty() || writes.isEmpty()) {
            return List.of("a version does not say which formats it knows");
        }
        return writes.values().stream()
                .filter(of -> number(of, 2) > number(reads.get(of.group(1)), 3))
                .map(
                        of ->
                                "%s in version %d, of which it reads up to %d"
                                        .formatted(
                                                of.group(1),
                                                number(of, 2),
                                                number(reads.get(of.group(1)), 3)))
                .toList();
    }

    private static Map<String, MatchResult> parsed(String described) {
        return FORMAT.matcher(described.startsWith(DESCRIBED) ? described : "")
                .results()
                .collect(
                        Collectors.toMap(
                                of -> of.group(1), of -> of, (one, _) -> one, TreeMap::new));
    }

    private static int number(@Nullable MatchResult of, int group) {
        return of == null ? 0 : Integer.parseInt(of.group(group));
    }

    private String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the version that this release writes. */
    public int written() {
        return written;
    }

    /** Returns the newest version that this release reads; it reads every older one too. */
    public int newestRead() {
        return newestRead;
    }

    /**
     * Returns a version that is in front of bytes.
     *
     * @throws MalformedBytesException if this release does not read it
     */
    public int read(ByteSource in) {
        int version = in.get();
        if (version < 1 || version > newestRead) {
            throw new MalformedBytesException(
                    "the format %s in version %d, known are 1 to %d"
                            .formatted(label(), version, newestRead));
        }
        return version;
    }

    /** Returns the bytes of a value in the version that is written. */
    public <T> byte[] encode(T value, Form<T> form, int expectedBytes) {
        ByteSink out = new ByteSink(expectedBytes);
        out.put(written);
        form.write(value, out);
        return out.toBytes();
    }

    /**
     * Returns the value of bytes.
     *
     * @throws MalformedBytesException if they are not of this format, or break a rule of a part
     */
    public <T> T decode(byte[] bytes, Form<T> form) {
        try {
            ByteSource in = new ByteSource(bytes);
            read(in);
            T value = form.read(in);
            in.end();
            return value;
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException invalid) {
            throw new MalformedBytesException(part, invalid);
        }
    }
}
