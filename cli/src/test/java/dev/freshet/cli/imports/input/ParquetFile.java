package dev.freshet.cli.imports.input;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.xerial.snappy.Snappy;

/**
 * Writes a file of Parquet: one row group, one page a column, values in the encoding PLAIN. After
 * the specification of the format, <a
 * href="https://parquet.apache.org/docs/file-format/">parquet.apache.org</a>, whose structures are
 * in Thrift's compact protocol.
 */
public final class ParquetFile {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int NONE = -1;

    private ParquetFile() {}

    /** How pages are compressed, with its number in the format. */
    public enum Codec {
        UNCOMPRESSED(0),
        SNAPPY(1),
        GZIP(2),
        ZSTD(6);

        private final int number;

        Codec(int number) {
            this.number = number;
        }
    }

    /** The type of a column, with the numbers of the physical and the converted type. */
    public enum Kind {
        FLAG(0, NONE),
        DATE(1, 6),
        LONG(2, NONE),
        TIMESTAMP(2, 9),
        DOUBLE(5, NONE),
        BYTES(6, NONE),
        TEXT(6, 0);

        private final int physical;
        private final int converted;

        Kind(int physical, int converted) {
            this.physical = physical;
            this.converted = converted;
        }
    }

    /**
     * A column of optional values.
     *
     * @param values Boolean, Integer (days since 1970), Long (milliseconds since 1970 in a
     *     timestamp), Double, String, byte[], or a list of them; null where a row has none
     */
    public record Column(String name, Kind type, boolean list, List<@Nullable Object> values) {}

    /** Writes a file. */
    public static void write(Path file, Codec codec, List<Column> columns) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(MAGIC);
        List<Struct> chunks = new ArrayList<>();
        for (Column column : columns) {
            chunks.add(chunk(column, codec, out));
        }
        int rows = columns.getFirst().values().size();
        List<Struct> schema = new ArrayList<>();
        schema.add(new Struct().text(4, "schema").i32(5, columns.size()));
        columns.forEach(column -> schema.addAll(elements(column)));
        byte[] footer =
                new Struct()
                        .i32(1, 1)
                        .structs(2, schema)
                        .i64(3, rows)
                        .structs(
                                4,
                                List.of(
                                        new Struct()
                                                .structs(1, chunks)
                                                .i64(2, out.size())
                                                .i64(3, rows)))
                        .bytes();
        out.write(footer);
        out.write(little(4).putInt(footer.length).array());
        out.write(MAGIC);
        Files.write(file, out.toByteArray());
    }

    private static List<Struct> elements(Column column) {
        Struct leaf = new Struct().i32(1, column.type().physical).i32(3, 1);
        leaf.text(4, column.list() ? "element" : column.name());
        if (column.type().converted != NONE) {
            leaf.i32(6, column.type().converted);
        }
        return column.list()
                ? List.of(
                        new Struct().i32(3, 1).text(4, column.name()).i32(5, 1).i32(6, 3),
                        new Struct().i32(3, 2).text(4, "list").i32(5, 1),
                        leaf)
                : List.of(leaf);
    }

    private static Struct chunk(Column column, Codec codec, ByteArrayOutputStream out)
            throws IOException {
        ByteArrayOutputStream repetitions = new ByteArrayOutputStream();
        ByteArrayOutputStream definitions = new ByteArrayOutputStream();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        List<Boolean> flags = new ArrayList<>();
        int levels = 0;
        for (Object value : column.values()) {
            List<?> entries = value instanceof List<?> many ? many : List.of();
            int count = column.list() ? Math.max(1, entries.size()) : 1;
            for (int i = 0; i < count; i++) {
                Object one = column.list() ? (entries.isEmpty() ? null : entries.get(i)) : value;
                int defined =
                        column.list()
                                ? value == null ? 0 : entries.isEmpty() ? 1 : 3
                                : one == null ? 0 : 1;
                level(repetitions, i == 0 ? 0 : 1);
                level(definitions, defined);
                levels++;
                if (one instanceof Boolean flag) {
                    flags.add(flag);
                } else if (one != null) {
                    plain.write(plain(one));
                }
            }
        }
        plain.write(bits(flags));
        ByteArrayOutputStream page = new ByteArrayOutputStream();
        if (column.list()) {
            page.write(little(4).putInt(repetitions.size()).array());
            repetitions.writeTo(page);
        }
        page.write(little(4).putInt(definitions.size()).array());
        definitions.writeTo(page);
        plain.writeTo(page);
        byte[] stored = compressed(page.toByteArray(), codec);
        byte[] header =
                new Struct()
                        .i32(1, 0)
                        .i32(2, page.size())
                        .i32(3, stored.length)
                        .struct(5, new Struct().i32(1, levels).i32(2, 0).i32(3, 3).i32(4, 3))
                        .bytes();
        int offset = out.size();
        out.write(header);
        out.write(stored);
        List<String> path =
                column.list() ? List.of(column.name(), "list", "element") : List.of(column.name());
        return new Struct()
                .i64(2, offset)
                .struct(
                        3,
                        new Struct()
                                .i32(1, column.type().physical)
                                .i32s(2, List.of(0, 3))
                                .texts(3, path)
                                .i32(4, codec.number)
                                .i64(5, levels)
                                .i64(6, header.length + page.size())
                                .i64(7, header.length + stored.length)
                                .i64(9, offset));
    }

    /** Adds a run of one level. */
    private static void level(ByteArrayOutputStream out, int level) {
        out.write(1 << 1);
        out.write(level);
    }

    private static byte[] plain(Object value) {
        return switch (value) {
            case Integer number -> little(4).putInt(number).array();
            case Long number -> little(8).putLong(number).array();
            case Double number -> little(8).putDouble(number).array();
            case String text -> plain(text.getBytes(StandardCharsets.UTF_8));
            case byte[] bytes -> little(4 + bytes.length).putInt(bytes.length).put(bytes).array();
            default -> throw new IllegalArgumentException(value.toString());
        };
    }

    private static byte[] bits(List<Boolean> flags) {
        byte[] bits = new byte[(flags.size() + 7) / 8];
        for (int i = 0; i < flags.size(); i++) {
            bits[i / 8] |= (byte) (flags.get(i) ? 1 << (i % 8) : 0);
        }
        return bits;
    }

    private static byte[] compressed(byte[] page, Codec codec) throws IOException {
        return switch (codec) {
            case SNAPPY -> Snappy.compress(page);
            case GZIP -> {
                ByteArrayOutputStream zipped = new ByteArrayOutputStream();
                try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
                    gzip.write(page);
                }
                yield zipped.toByteArray();
            }
            default -> page;
        };
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A structure of Thrift's compact protocol, whose fields are added in ascending order. */
    private static final class Struct {
        private static final int I32 = 5;
        private static final int I64 = 6;
        private static final int BINARY = 8;
        private static final int LIST = 9;
        private static final int STRUCT = 12;

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private int last;

        private Struct field(int id, int type) {
            out.write((id - last) << 4 | type);
            last = id;
            return this;
        }

        private void number(long value) {
            for (long rest = value; ; rest >>>= 7) {
                boolean more = (rest & ~0x7FL) != 0;
                out.write((int) (rest & 0x7F) | (more ? 0x80 : 0));
                if (!more) {
                    return;
                }
            }
        }

        private Struct signed(long value) {
            number(value << 1 ^ value >> 63);
            return this;
        }

        private Struct string(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            number(bytes.length);
            out.writeBytes(bytes);
            return this;
        }

        private void list(int id, int size, int type) {
            field(id, LIST);
            if (size < 15) {
                out.write(size << 4 | type);
            } else {
                out.write(0xF0 | type);
                number(size);
            }
        }

        Struct i32(int id, int value) {
            return field(id, I32).signed(value);
        }

        Struct i64(int id, long value) {
            return field(id, I64).signed(value);
        }

        Struct text(int id, String value) {
            return field(id, BINARY).string(value);
        }

        Struct struct(int id, Struct value) {
            field(id, STRUCT).out.writeBytes(value.bytes());
            return this;
        }

        Struct structs(int id, List<Struct> values) {
            list(id, values.size(), STRUCT);
            values.forEach(value -> out.writeBytes(value.bytes()));
            return this;
        }

        Struct i32s(int id, List<Integer> values) {
            list(id, values.size(), I32);
            values.forEach(this::signed);
            return this;
        }

        Struct texts(int id, List<String> values) {
            list(id, values.size(), BINARY);
            values.forEach(this::string);
            return this;
        }

        byte[] bytes() {
            byte[] fields = out.toByteArray();
            byte[] all = new byte[fields.length + 1];
            System.arraycopy(fields, 0, all, 0, fields.length);
            return all;
        }
    }
}
