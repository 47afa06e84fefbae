package dev.freshet.bytes;

/**
 * Thrown when bytes are not in the format of the codec that reads them: they are damaged, cut off,
 * or of an unknown format.
 */
public final class MalformedBytesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MalformedBytesException(String why) {
        super(why);
    }

    /**
     * Creates an exception about a part that was read and is invalid.
     *
     * @param invalid what the part was refused with. It may have no message: the JVM leaves out
     *     that of an arithmetic error which compiled code throws often.
     */
    public MalformedBytesException(String part, RuntimeException invalid) {
        super(
                part
                        + " is invalid: "
                        + (invalid.getMessage() == null
                                ? "a number is out of its range"
                                : invalid.getMessage()),
                invalid);
    }

    /**
     * Checks what bytes say.
     *
     * @throws MalformedBytesException with the reason unless the condition holds
     */
    public static void unless(boolean holds, String why) {
        if (!holds) {
            throw new MalformedBytesException(why);
        }
    }
}
