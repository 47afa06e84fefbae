package dev.freshet.functions;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * The position after which a page of a table begins, as an opaque text in base64url. A checksum
 * over the position and the list that it belongs to tells a cursor that was cut, changed or taken
 * from another list. It is not a signature: a cursor opens nothing that its sender may not read.
 */
final class PageCursor {
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
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
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
