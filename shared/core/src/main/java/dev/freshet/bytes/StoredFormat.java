package dev.freshet.bytes;

import java.time.DateTimeException;
import java.util.Locale;

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

    private final int written;
    private final int newestRead;
    private final String part;

    StoredFormat(int written, int newestRead, String part) {
        this.written = written;
        this.newestRead = newestRead;
        this.part = part;
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
                            .formatted(name().toLowerCase(Locale.ROOT), version, newestRead));
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
