package dev.freshet.aws.dynamodb;

import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.bytes.Form;
import dev.freshet.enrolment.Enrolment;
import dev.freshet.enrolment.Enrolment.Cause;
import dev.freshet.enrolment.Enrolment.GroupKind;
import dev.freshet.enrolment.Enrolments;
import dev.freshet.profile.UserProfile.Shown;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The binary forms of what a profile keeps of the lists that a user was shown, each behind a byte
 * of its version. Every impression rewrites both, and a write unit covers 1 KB: an item takes its
 * id and about ten bytes; an enrolment the names of experiment, phase, arm and groups and about 40
 * bytes, of which the sequence number of a record of Kinesis takes 24.
 */
final class ProfileForms {
    private static final int FORMAT = 1;
    private static final int MAX_ITEMS = 10_000;
    private static final int MAX_TEXT_BYTES = 1 << 16;
    private static final int BEGAN_FOREIGN = 1;
    private static final int CROSSED = 2;
    private static final int CROSSED_FOREIGN = 4;
    private static final int IN_GROUPS = 8;
    private static final int ALL_FLAGS = 15;

    private static final Form<String> TEXT = Form.text(MAX_TEXT_BYTES);

    private static final Form<BigInteger> SEQUENCE =
            fields -> new BigInteger(fields.bytes(MAX_TEXT_BYTES, BigInteger::toByteArray));

    /**
     * Count, first time in epoch milliseconds, and milliseconds from the first time to the last.
     */
    private static final Form<Shown> TIMES =
            fields -> {
                int count = fields.upTo(Integer.MAX_VALUE, Shown::count);
                long since = fields.varint(shown -> shown.since().toEpochMilli());
                long rest =
                        fields.varint(
                                shown ->
                                        shown.last().toEpochMilli() - shown.since().toEpochMilli());
                return new Shown(
                        count, Instant.ofEpochMilli(since), Instant.ofEpochMilli(since + rest));
            };

    private static final Form<Enrolment> ENROLMENT =
            fields -> {
                String experiment = fields.part(TEXT, Enrolment::experiment);
                String salt = fields.part(TEXT, Enrolment::salt);
                String arm = fields.part(TEXT, Enrolment::arm);
                long since = fields.varint(one -> one.since().getEpochSecond());
                int flags = fields.upTo(ALL_FLAGS, ProfileForms::flags);
                BigInteger began = fields.part(SEQUENCE, one -> one.began().sequence());
                return new Enrolment(
                        experiment,
                        salt,
                        arm,
                        Instant.ofEpochSecond(since),
                        new Cause(began, (flags & BEGAN_FOREIGN) != 0),
                        (flags & CROSSED) == 0
                                ? null
                                : new Cause(
                                        fields.part(
                                                SEQUENCE,
                                                one ->
                                                        Objects.requireNonNull(one.crossing())
                                                                .sequence()),
                                        (flags & CROSSED_FOREIGN) != 0),
                        (flags & IN_GROUPS) == 0
                                ? List.of()
                                : fields.list(GroupKind.ALL.size(), TEXT, Enrolment::groups));
            };

    /** Items shown, in the order of their ids. */
    static final Form<Map<String, Shown>> SHOWN =
            fields -> fields.map(MAX_ITEMS, TEXT, TIMES, shown -> shown);

    /** Arms of experiments, in the order of their first impressions. */
    static final Form<Enrolments> ENROLMENTS =
            fields -> new Enrolments(fields.list(Enrolments.MAX, ENROLMENT, Enrolments::all));

    private ProfileForms() {}

    private static int flags(Enrolment enrolment) {
        Cause crossing = enrolment.crossing();
        int flags = enrolment.began().foreign() ? BEGAN_FOREIGN : 0;
        if (crossing != null) {
            flags |= crossing.foreign() ? CROSSED | CROSSED_FOREIGN : CROSSED;
        }
        return enrolment.groups().isEmpty() ? flags : flags | IN_GROUPS;
    }

    static <T> SdkBytes encode(Form<T> form, T value) {
        ByteSink out = new ByteSink(1 << 10);
        out.put(FORMAT);
        form.write(value, out);
        return SdkBytes.fromByteArrayUnsafe(out.toBytes());
    }

    /**
     * Reads a part of a profile.
     *
     * @throws IllegalStateException if the bytes are of another format, or damaged
     */
    static <T> T decode(Form<T> form, SdkBytes bytes) {
        ByteSource in = new ByteSource(bytes.asByteArrayUnsafe());
        try {
            if (in.get() == FORMAT) {
                T value = form.read(in);
                in.end();
                return value;
            }
        } catch (RuntimeException damaged) {
            throw new IllegalStateException("a part of a profile is damaged", damaged);
        }
        throw new IllegalStateException("a part of a profile has an unknown format");
    }
}
