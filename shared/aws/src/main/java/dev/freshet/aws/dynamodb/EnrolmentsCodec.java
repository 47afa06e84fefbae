package dev.freshet.aws.dynamodb;

import dev.freshet.experiment.enrolment.Cause;
import dev.freshet.experiment.enrolment.Enrolment;
import dev.freshet.experiment.enrolment.Enrolments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binary encoding of a user's arms in experiments. Every impression rewrites it, as it does the
 * items shown; an enrolment takes the names of experiment, phase and arm and about 35 bytes, of
 * which the sequence number of a record of Kinesis takes 24. The encoding is a version byte and the
 * number of enrolments, then for each: length and bytes of the three names, epoch seconds of the
 * first impression, flags, and length and bytes of the sequence numbers of the record that began it
 * and, where there is one, of the record that crossed it.
 */
final class EnrolmentsCodec {
    private static final byte FORMAT = 1;
    private static final int BEGAN_FOREIGN = 1;
    private static final int CROSSED = 2;
    private static final int CROSSED_FOREIGN = 4;

    private EnrolmentsCodec() {}

    static byte[] encode(Enrolments enrolments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(96 * enrolments.all().size());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            Base128.write(out, enrolments.all().size());
            for (Enrolment one : enrolments.all()) {
                Cause crossing = one.crossing();
                write(out, one.experiment().getBytes(StandardCharsets.UTF_8));
                write(out, one.salt().getBytes(StandardCharsets.UTF_8));
                write(out, one.arm().getBytes(StandardCharsets.UTF_8));
                Base128.write(out, one.since().getEpochSecond());
                out.writeByte(flags(one.began(), crossing));
                write(out, one.began().sequence().toByteArray());
                if (crossing != null) {
                    write(out, crossing.sequence().toByteArray());
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static int flags(Cause began, @Nullable Cause crossing) {
        int flags = began.foreign() ? BEGAN_FOREIGN : 0;
        if (crossing != null) {
            flags |= crossing.foreign() ? CROSSED | CROSSED_FOREIGN : CROSSED;
        }
        return flags;
    }

    /**
     * Decodes enrolments.
     *
     * @throws IllegalStateException if the bytes are not such an encoding
     */
    static Enrolments decode(byte[] bytes) {
        List<Enrolment> all = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            byte format = in.readByte();
            long size = format == FORMAT ? Base128.read(in) : -1;
            if (size < 0 || size > Enrolments.MAX) {
                throw new IllegalStateException(
                        "the encoding of a profile's enrolments has an unknown format");
            }
            for (long i = 0; i < size; i++) {
                String experiment = text(in, bytes.length);
                String salt = text(in, bytes.length);
                String arm = text(in, bytes.length);
                Instant since = Instant.ofEpochSecond(Base128.read(in));
                int flags = in.readByte();
                Cause began = new Cause(number(in, bytes.length), (flags & BEGAN_FOREIGN) != 0);
                Cause crossing =
                        (flags & CROSSED) == 0
                                ? null
                                : new Cause(
                                        number(in, bytes.length), (flags & CROSSED_FOREIGN) != 0);
                all.add(new Enrolment(experiment, salt, arm, since, began, crossing));
            }
        } catch (IOException | RuntimeException damaged) {
            throw new IllegalStateException(
                    "the encoding of a profile's enrolments is damaged", damaged);
        }
        return new Enrolments(all);
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        Base128.write(out, bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in, int limit) throws IOException {
        return new String(read(in, limit), StandardCharsets.UTF_8);
    }

    private static BigInteger number(DataInputStream in, int limit) throws IOException {
        return new BigInteger(read(in, limit));
    }

    private static byte[] read(DataInputStream in, int limit) throws IOException {
        long length = Base128.read(in);
        if (length < 0 || length > limit) {
            throw new IOException("a part is longer than the whole");
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new IOException("the bytes end within a part");
        }
        return bytes;
    }
}
