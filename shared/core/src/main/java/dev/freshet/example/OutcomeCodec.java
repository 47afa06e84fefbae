package dev.freshet.example;

import dev.freshet.event.ShardPosition;
import dev.freshet.experiment.enrolment.ListArm;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;
import dev.freshet.model.bytes.TextSink;
import dev.freshet.model.bytes.TextSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of lists shown and of outcomes, as a part of {@link ExampleCodec}. A place of a
 * list takes 3 to 6 bytes, 2 for each shadow, and the id of an item that stands for the first time
 * in the batch.
 */
final class OutcomeCodec {
    private static final int NO_OUTCOME = 0;
    private static final int ATTRIBUTED = 1;
    private static final int SEEN = 2;
    private static final int FIRST = 4;
    private static final int ALL_FLAGS = 7;
    private static final int HOURS = 24;
    private static final int EXPLORED = 1;
    private static final int NEWCOMER = 2;
    private static final int MOST_SOURCES = (1 << 16) - 1;

    /** An hour in some thousand years. */
    private static final int MOST_HOUR = 1 << 24;

    private OutcomeCodec() {}

    static void write(Example.Exposure shown, ByteSink out, TextSink texts) {
        out.fixed64(shown.user().bits());
        out.varint(shown.hour());
        out.put(shown.attributed() ? 1 : 0);
        texts.put(shown.placement());
        ExperimentCodec.writeLabels(shown.arms(), out, texts);
        out.varint(shown.places().size());
        for (Example.Exposure.Place place : shown.places()) {
            texts.put(place.itemId());
            out.put(place.position());
            out.varint(
                    (long) place.sources() << 2
                            | (place.newcomer() ? NEWCOMER : 0)
                            | (place.explored() ? EXPLORED : 0));
        }
        out.varint(shown.shadows().size());
        for (ShadowRatios shadow : shown.shadows()) {
            write(shadow.shadow(), texts);
            out.varint(shadow.logRatios().size());
            for (float ratio : shadow.logRatios()) {
                int half = Float.floatToFloat16(ratio);
                out.put(half >>> Byte.SIZE & 0xFF);
                out.put(half & 0xFF);
            }
        }
        out.varint(shown.earlier().size());
        shown.earlier().forEach(click -> write(click, out, texts));
        ExperimentCodec.write(shown.enrolled(), out, texts);
        texts.put(shown.seen().country());
        texts.put(shown.seen().device());
        out.varint(shown.seen().localHour() + 1);
    }

    static Example.Exposure exposure(ShardPosition source, ByteSource in, TextSource texts) {
        Pseudonym user = new Pseudonym(in.fixed64());
        int hour = in.upTo(MOST_HOUR);
        boolean attributed = in.flag();
        String placement = texts.get(ItemCodec.MOST_NAME_BYTES);
        List<String> arms = ExperimentCodec.labels(in, texts);
        List<Example.Exposure.Place> places = new ArrayList<>();
        for (int left = in.count(Example.Exposure.MOST_PLACES, 3); left > 0; left--) {
            String itemId = texts.get(ItemCodec.MOST_NAME_BYTES);
            int position = in.upTo(Example.Exposure.MOST_PLACES - 1);
            int bits = in.upTo(4 * MOST_SOURCES + 3);
            places.add(
                    new Example.Exposure.Place(
                            itemId,
                            position,
                            bits >>> 2,
                            (bits & EXPLORED) != 0,
                            (bits & NEWCOMER) != 0));
        }
        List<ShadowRatios> shadows = new ArrayList<>();
        for (int left = in.count(ShadowRatios.MOST, 4); left > 0; left--) {
            shadows.add(new ShadowRatios(shadow(texts), ratios(in)));
        }
        List<ListCredit> earlier = new ArrayList<>();
        for (int left = in.count(Example.Exposure.MOST_EARLIER, 5); left > 0; left--) {
            ListCredit click = credit(in, texts);
            if (click == null || !click.kind().isClick()) {
                throw new MalformedBytesException("an earlier outcome of a list is no click");
            }
            earlier.add(click);
        }
        return new Example.Exposure(
                source,
                user,
                hour,
                attributed,
                placement,
                arms,
                places,
                shadows,
                earlier,
                ExperimentCodec.enrolled(in, texts),
                new Circumstances(
                        texts.getOrNull(ItemCodec.MOST_NAME_BYTES),
                        texts.getOrNull(ItemCodec.MOST_NAME_BYTES),
                        in.upTo(HOURS) - 1));
    }

    private static List<Float> ratios(ByteSource in) {
        List<Float> ratios = new ArrayList<>();
        for (int left = in.count(ShadowRatios.MOST_PLACES, 2); left > 0; left--) {
            ratios.add(Float.float16ToFloat((short) (in.get() << Byte.SIZE | in.get())));
        }
        return ratios;
    }

    private static void write(ListArm shadow, TextSink texts) {
        texts.put(shadow.experiment());
        texts.put(shadow.salt());
        texts.put(shadow.arm());
    }

    private static ListArm shadow(TextSource texts) {
        return new ListArm(
                texts.get(ItemCodec.MOST_NAME_BYTES),
                texts.get(ItemCodec.MOST_NAME_BYTES),
                texts.get(ItemCodec.MOST_NAME_BYTES));
    }

    /** Writes an outcome, or one byte for none. */
    static void write(@Nullable ListCredit credit, ByteSink out, TextSink texts) {
        if (credit == null) {
            out.put(NO_OUTCOME);
            return;
        }
        out.put(credit.kind().number());
        out.put(
                (credit.attributed() ? ATTRIBUTED : 0)
                        | (credit.seen() ? SEEN : 0)
                        | (credit.first() ? FIRST : 0));
        texts.put(credit.placement());
        ExperimentCodec.writeLabels(credit.arms(), out, texts);
        out.varint(credit.hour());
        out.varint(credit.position() + 1);
        out.varint(credit.sources());
        texts.put(credit.currency());
        if (credit.currency() != null) {
            out.zigzag(credit.amount());
        }
        out.varint(credit.shadows().size());
        for (ShadowWeight shadow : credit.shadows()) {
            write(shadow.shadow(), texts);
            out.float32(shadow.logWeight());
        }
    }

    static @Nullable ListCredit credit(ByteSource in, TextSource texts) {
        int number = in.get();
        if (number == NO_OUTCOME) {
            return null;
        }
        OutcomeKind kind =
                OutcomeKind.ofNumber(number)
                        .orElseThrow(
                                () -> new MalformedBytesException("an outcome of kind " + number));
        int flags = in.upTo(ALL_FLAGS);
        String placement = texts.get(ItemCodec.MOST_NAME_BYTES);
        List<String> arms = ExperimentCodec.labels(in, texts);
        int hour = in.upTo(MOST_HOUR);
        int position = in.upTo(Example.Exposure.MOST_PLACES) - 1;
        int sources = in.upTo(MOST_SOURCES);
        String currency = texts.getOrNull(ItemCodec.MOST_NAME_BYTES);
        long amount = currency == null ? 0 : in.zigzag();
        List<ShadowWeight> shadows = new ArrayList<>();
        for (int left = in.count(ShadowRatios.MOST, 7); left > 0; left--) {
            shadows.add(new ShadowWeight(shadow(texts), in.float32()));
        }
        return new ListCredit(
                kind,
                (flags & ATTRIBUTED) != 0,
                placement,
                arms,
                hour,
                position,
                sources,
                (flags & SEEN) != 0,
                (flags & FIRST) != 0,
                amount,
                currency,
                shadows);
    }
}
