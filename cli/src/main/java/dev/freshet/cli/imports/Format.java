package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.input.InputLine;
import java.util.Optional;

/** A file format: converts lines to events of the API. */
public interface Format {
    ObjectMapper JSON = new ObjectMapper();

    /** Returns the format of CI&amp;T DeskDrop's {@code users_interactions.csv}. */
    static Format deskdrop() {
        return new DeskdropFormat();
    }

    /** Returns the format of MovieLens' ratings. */
    static Format movielens() {
        return new MovielensFormat();
    }

    /** Returns the format {@code user,item,type,value,time}. */
    static Format csv() {
        return new CsvFormat();
    }

    /**
     * Returns the format that a file's first line names: RecBole's atomic files with typed columns,
     * or files of sessions; empty for any other first line.
     *
     * @throws UnreadableRowException when columns that such a file needs are missing
     */
    static Optional<Format> ofHeader(String firstLine) {
        return NamedColumnsFormat.of(firstLine).map(format -> format);
    }

    /** Returns whether each user of the file is one session. */
    default boolean hasSessions() {
        return false;
    }

    /** Returns the name of the format on the command line. */
    String name();

    /** Returns whether this line, the first of the file, names the columns. */
    boolean isHeader(String firstLine);

    /**
     * Returns the event of a line.
     *
     * @param id id of the event, where the line has none of its own
     * @throws UnreadableRowException when the line does not have this format
     */
    ObjectNode event(String id, String line);

    /** Reads a line. A line that cannot be read becomes {@link Row.Unclear}. */
    default Row row(long number, String line) {
        try {
            return new Row.Understood(
                    number, event(new InputLine(number, line).eventId(name()), line));
        } catch (UnreadableRowException e) {
            return new Row.Unclear(number, String.valueOf(e.getMessage()));
        }
    }

    /** A line does not have the format. */
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
