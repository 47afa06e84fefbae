package dev.freshet.aws.dynamodb;

import dev.freshet.profile.UserProfile.Shown;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Binary encoding of the items shown to a user. Every impression rewrites it and a write unit
 * covers 1 KB, so an entry takes the item's id and about ten bytes. The encoding is a version byte
 * and the number of entries, then in the order of item ids: length and bytes of the id, count,
 * first time (epoch milliseconds), and the time from first to last in milliseconds. Numbers are in
 * base 128, low bits first.
 */
final class ShownCodec {
    private static final byte FORMAT = 1;
    private static final int MAX_ENTRIES = 10_000;

    private ShownCodec() {}

    /** Encodes the items shown, by item id. */
    static byte[] encode(Map<String, Shown> shown) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(16 + 48 * shown.size());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            Base128.write(out, shown.size());
            for (Map.Entry<String, Shown> entry : new TreeMap<>(shown).entrySet()) {
                byte[] id = entry.getKey().getBytes(StandardCharsets.UTF_8);
                long since = entry.getValue().since().toEpochMilli();
                Base128.write(out, id.length);
                out.write(id);
                Base128.write(out, entry.getValue().count());
                Base128.write(out, since);
                Base128.write(out, entry.getValue().last().toEpochMilli() - since);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Decodes an encoded map.
     *
     * @throws IllegalStateException if the bytes are not such an encoding
     */
    static Map<String, Shown> decode(byte[] bytes) {
        Map<String, Shown> shown = new HashMap<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte format = in.readByte();
            long size = format == FORMAT ? Base128.read(in) : -1;
            if (size < 0 || size > MAX_ENTRIES) {
                throw new IllegalStateException(
                        "the encoding of a profile's shown items has an unknown format");
            }
            for (long i = 0; i < size; i++) {
                int length = (int) Math.min(Base128.read(in), bytes.length);
                String id = new String(in.readNBytes(length), StandardCharsets.UTF_8);
                int count = Math.toIntExact(Base128.read(in));
                long since = Base128.read(in);
                long last = since + Base128.read(in);
                shown.put(
                        id,
                        new Shown(count, Instant.ofEpochMilli(since), Instant.ofEpochMilli(last)));
            }
        } catch (IOException | ArithmeticException e) {
            throw new IllegalStateException(
                    "the encoding of a profile's shown items is damaged", e);
        }
        return shown;
    }
}
