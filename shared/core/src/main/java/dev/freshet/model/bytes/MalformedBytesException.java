package dev.freshet.model.bytes;

/**
 * Thrown when bytes are not in the format of the codec that reads them: they are damaged, cut off,
 * or of an unknown format.
 */
public final class MalformedBytesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedBytesException(String why) {
        super(why);
    }
}
