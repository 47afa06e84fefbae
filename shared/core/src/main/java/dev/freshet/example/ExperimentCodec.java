package dev.freshet.example;

import dev.freshet.experiment.enrolment.Enrolled;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.TextSink;
import dev.freshet.model.bytes.TextSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of experiments and of what events are to them, as a part of {@link ExampleCodec}.
 * An enrolment takes ≈ 7 bytes, of which the names stand once in a batch.
 */
@SuppressWarnings("EnumOrdinal") // the order is part of the format
final class ExperimentCodec {
    private static final Enrolled.Step[] STEPS = Enrolled.Step.values();

    private ExperimentCodec() {}

    static void write(Example.ExperimentChanged changed, ByteSink out) {
        out.text(changed.id());
        out.varint(changed.version());
        out.put(changed.running() ? 1 : 0);
        out.text(changed.salt());
        out.varint(changed.windowSeconds());
        out.textOrNull(changed.currency());
        String document = changed.document();
        out.put(document == null ? 0 : 1);
        if (document != null) {
            out.bytes(document.getBytes(StandardCharsets.UTF_8));
        }
    }

    static Example.ExperimentChanged changed(ByteSource in) {
        return new Example.ExperimentChanged(
                in.text(ItemCodec.MOST_NAME_BYTES),
                in.varint(),
                in.flag(),
                in.text(ItemCodec.MOST_NAME_BYTES),
                in.upTo(Integer.MAX_VALUE),
                in.textOrNull(ItemCodec.MOST_NAME_BYTES),
                document(in));
    }

    private static @Nullable String document(ByteSource in) {
        return in.flag()
                ? new String(
                        in.bytes(Example.ExperimentChanged.MAX_DOCUMENT_BYTES),
                        StandardCharsets.UTF_8)
                : null;
    }

    static void write(List<Enrolled> enrolled, ByteSink out, TextSink texts) {
        out.varint(enrolled.size());
        for (Enrolled one : enrolled) {
            texts.put(one.experiment());
            texts.put(one.salt());
            texts.put(one.arm());
            out.varint(one.seconds());
            out.put(one.step().ordinal());
        }
    }

    static List<Enrolled> enrolled(ByteSource in, TextSource texts) {
        List<Enrolled> enrolled = new ArrayList<>();
        for (int left = in.count(Example.Merge.MOST_CROSSED, 5); left > 0; left--) {
            enrolled.add(
                    new Enrolled(
                            texts.get(ItemCodec.MOST_NAME_BYTES),
                            texts.get(ItemCodec.MOST_NAME_BYTES),
                            texts.get(ItemCodec.MOST_NAME_BYTES),
                            in.upTo(Integer.MAX_VALUE),
                            STEPS[in.upTo(STEPS.length - 1)]));
        }
        return enrolled;
    }

    static void writeLabels(List<String> arms, ByteSink out, TextSink texts) {
        out.varint(arms.size());
        arms.forEach(texts::put);
    }

    static List<String> labels(ByteSource in, TextSource texts) {
        List<String> arms = new ArrayList<>();
        for (int left = in.count(ListCredit.MOST_LABELS, 1); left > 0; left--) {
            arms.add(texts.get(ItemCodec.MOST_NAME_BYTES));
        }
        return arms;
    }
}
