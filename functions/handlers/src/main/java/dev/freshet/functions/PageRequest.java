package dev.freshet.functions;

import dev.freshet.functions.Problem.ProblemException;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.QueryParameters;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Which part of a list a request asks for, by the query parameters {@code after} and {@code count}.
 *
 * @param after the position after which the page begins, or empty for the beginning
 * @param count most entries
 */
record PageRequest(Optional<String> after, int count) {
    /** Most entries of a page, and how many there are without {@code count}. */
    static final int MOST = 100;

    /**
     * Reads the parameters.
     *
     * @param list the list that cursors belong to, as in {@link PageCursor#of}
     * @throws ProblemException 400 for a cursor of another list
     * @throws InvalidQueryException for a count out of range
     */
    static PageRequest of(HttpRequest request, String list) {
        return new PageRequest(
                request.query("after").map(cursor -> PageCursor.position(list, cursor)),
                count(request, MOST));
    }

    /**
     * Reads {@code count} alone.
     *
     * @param usual the count of a request that names none
     * @throws InvalidQueryException for a count out of range
     */
    static int count(HttpRequest request, int usual) {
        return new QueryParameters(request.query()).whole("count", 1, MOST, usual);
    }

    /**
     * The position after which a page of a table begins, as an opaque text in base64url. A checksum
     * over the position and the list that it belongs to tells a cursor that was cut, changed or
     * taken from another list. It is not a signature: a cursor opens nothing that its sender may
     * not read.
     */
    static final class PageCursor {
        /** Longest cursor that is read, in characters. */
        static final int MAX_LENGTH = 4_096;

        private PageCursor() {}

        /**
         * Returns a cursor.
         *
         * @param list what the position is in: the route, and what it names
         */
        static String of(String list, String position) {
            byte[] text = position.getBytes(StandardCharsets.UTF_8);
            ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + text.length);
            bytes.putInt(checksum(list, text)).put(text);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
        }

        /**
         * Returns the position of a cursor.
         *
         * @throws ProblemException 400 {@code bad-cursor} if it is not one of this list
         */
        static String position(String list, String cursor) {
            if (cursor.length() > MAX_LENGTH) {
                throw bad();
            }
            try {
                ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
                if (bytes.remaining() <= Integer.BYTES) {
                    throw bad();
                }
                int checksum = bytes.getInt();
                byte[] text = new byte[bytes.remaining()];
                bytes.get(text);
                String position =
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(text))
                                .toString();
                if (checksum != checksum(list, text) || !of(list, position).equals(cursor)) {
                    throw bad();
                }
                return position;
            } catch (IllegalArgumentException | CharacterCodingException malformed) {
                throw bad();
            }
        }

        private static int checksum(String list, byte[] position) {
            CRC32 sum = new CRC32();
            sum.update(list.getBytes(StandardCharsets.UTF_8));
            sum.update(0);
            sum.update(position);
            return (int) sum.getValue();
        }

        /** Returns the problem of a cursor that is not one of its list. */
        static ProblemException bad() {
            return ProblemException.of(
                    400,
                    "bad-cursor",
                    "The cursor is not one that this list returned as next; begin without it.");
        }
    }
}
