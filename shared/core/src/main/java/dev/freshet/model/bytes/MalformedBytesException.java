package dev.freshet.model.bytes;

/** The bytes are not what this codec writes: damaged, cut off, or of an unknown format. */
public final class MalformedBytesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedBytesException(String why) {
        super(why);
    }
}
