package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How the lines of a file become events. */
public interface Format {
    ObjectMapper JSON = new ObjectMapper();

    /** CI&amp;T DeskDrop's {@code users_interactions.csv}. */
    static Format deskdrop() {
        return new DeskdropFormat();
    }

    /** MovieLens' ratings. */
    static Format movielens() {
        return new MovielensFormat();
    }

    /** {@code user,item,type,value,time}. */
    static Format csv() {
        return new CsvFormat();
    }

    /** The name on the command line. */
    String name();

    /** Whether this line, the file's first, names the columns and tells of no event. */
    boolean isHeader(String firstLine);

    /**
     * The event of a line.
     *
     * @param id of the event, where the line has none of its own
     * @throws UnreadableRowException when the line is none of this format
     */
    ObjectNode event(String id, String line);

    /** Reads a line; what cannot be read becomes a value. */
    default Row row(long number, String line) {
        try {
            return new Row.Understood(number, event(eventId(number, line), line));
        } catch (UnreadableRowException e) {
            return new Row.Unclear(number, String.valueOf(e.getMessage()));
        }
    }

    /**
     * The same line of the same file has the same id, so that a second import changes nothing; two
     * equal lines of one file have two.
     */
    private String eventId(long number, String line) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(line.getBytes(StandardCharsets.UTF_8));
            return name() + "-" + number + "-" + HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /** A line that this format does not know. */
    final class UnreadableRowException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnreadableRowException(String detail) {
            super(detail);
        }

        public UnreadableRowException(String detail, Throwable cause) {
            super(detail, cause);
        }
    }
}
